namespace Homestretch.Walk.Screens;

/// <summary>What holds on <see cref="EveryScreen"/> holds on drawers and on the screens of those who are not planners.</summary>
public sealed class EveryDrawer(Browser browser)
{
    public static TheoryData<string, string, string, bool> Screens => new()
    {
        { "supplier-work", "/tasks", "mina", false }, { "supplier-situations", "/situations", "mina", false }, { "supplier-configure", "/orders/configure", "mina", false }, { "supplier-clear", "/clear-to-build", "mina", false },
        { "supplier-buffers", "/supply/buffers", "mina", false }, { "supplier-passages", "/supply/passages", "mina", false }, { "administration", "/administration", "admin", true }, { "audit", "/audit", "iris", true },
        { "exposure", "/exposure", "iris", true }, { "supplier-exposure", "/exposure", "mina", false }, { "notices-over", "/notices?over=true", "mina", false }, { "webhooks", "/notify/webhooks", "admin", false },
        { "supplier-today", "/", "mina", true }, { "supplier-orders", "/orders", "mina", false }, { "maintenance-today", "/", "marek", true }, { "warehouse-today", "/?market=UK&risk=true", "wanda", false },
        { "assembler-today", "/?market=UK&risk=true", "ahmed", false }, { "ip-today", "/", "iris", false }, { "order-drawer", "/orders?state=at-risk&show=order:{order}", "paula", true },
        { "lot-drawer", "/supply?late=true&show=lot:{lot}", "paula", true }, { "fan-drawer", "/supply?late=true&show=lot:{sea}", "paula", true }, { "machine-drawer", "/machines?show=machine:{machine}", "paula", true },
        { "exposed-drawer", "/exposure?show=exposed:TAIHU", "iris", false }, { "model-drawer", "/machines/models?show=model:remaining-life/stator winder", "paula", true },
        { "delays-drawer", "/machines/models?show=model:arrival-delay/deliveries", "paula", false }, { "quote-drawer", "/orders?state=broken&show=quote:new", "paula", true },
        { "proposal-drawer", "/orders?state=broken&show=proposal:now", "paula", true }, { "nothing-drawer", "/orders?state=broken&show=order:none", "paula", false },
    };

    [Theory, MemberData(nameof(Screens))]
    public async Task Is_quiet_accessible_and_fits_its_width_in_light_and_dark_at_desk_and_phone(string name, string path, string login, bool beyond) => EveryScreen.Nothing(await EveryScreen.Wrong(browser, name, path, login, beyond));
}

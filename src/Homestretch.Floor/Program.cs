using Homestretch.Floor;
using Homestretch.Floor.Keeping;
using Homestretch.Floor.Syncing;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using NodaTime;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.Services.AddSingleton<IClock>(SystemClock.Instance);
builder.Services.AddSingleton(new HttpClient { BaseAddress = new(new Uri(builder.HostEnvironment.BaseAddress), "/api/v1/floor/"), Timeout = TimeSpan.FromSeconds(20) });
builder.Services.AddSingleton<Vault>();
builder.Services.AddSingleton<Device>();
builder.Services.AddSingleton<Hub>();
builder.Services.AddSingleton<Shift>();
WebAssemblyHost app = builder.Build();
await app.RunAsync();

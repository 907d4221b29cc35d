using System.Text;
using Homestretch.Server.Access;
using Homestretch.Tests.House;
using Homestretch.Web.Window;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Access;

public sealed class RoleTests
{
    private static readonly (Permission Permission, string Says)[] s_words =
    [
        (Permission.SeeOrders, "see orders, promises and forecasts"), (Permission.SeeMoney, "see prices and money at risk"), (Permission.SeeSupply, "see purchases, lots and shipments"),
        (Permission.SeeMachines, "see machines"), (Permission.SeeLines, "see lines, builds and kits"), (Permission.SeeExposure, "see what outside parties know of the product"), (Permission.Promise, "quote, place orders, give promises"), (Permission.Replan, "propose and accept a re-plan"),
        (Permission.Pin, "pin and release"), (Permission.Import, "import tables"), (Permission.ReportSupply, "report lots and milestones"), (Permission.Service, "plan maintenance"), (Permission.ClosePassages, "close and open passages of the sea"), (Permission.TrainModels, "train models and put them in force"), (Permission.Decide, "decide on situations, make standing rules"), (Permission.SeeAudit, "read the audit log"), (Permission.Administer, "administer people, tokens and gateways"),
    ];

    [Fact]
    public void The_page_says_what_each_role_may()
    {
        Role[] roles = Enum.GetValues<Role>();
        var text = new StringBuilder($"| may | {string.Join(" | ", roles.Select(Words.Of))} |\n|---|{string.Concat(Enumerable.Repeat("---|", roles.Length))}\n");
        foreach (Permission permission in Enum.GetValues<Permission>())
            text.Append($"| {s_words.Single(w => w.Permission == permission).Says} | {string.Join(" | ", roles.Select(r => Roles.Of(r).Contains(permission) ? "yes" : ""))} |\n");
        Repository.KeepBlock("docs/operating/people.md", "roles", text.ToString());
    }

    [Fact]
    public void Only_the_brand_owners_people_have_more_than_the_suppliers_role()
    {
        foreach (PartyKind party in Enum.GetValues<PartyKind>())
            Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(role == Role.Supplier ? party != PartyKind.Brand : party == PartyKind.Brand, PeopleRules.MayHave(party, role)));
    }

    [Theory]
    [InlineData("four small brown foxes", true)]
    [InlineData("short words", false)]
    [InlineData("ada is my name, really", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaab", false)]
    public void A_password_is_long_varied_and_not_the_login(string password, bool will) => Assert.Equal(will, PeopleRules.IsPassword("ada", password));

    [Theory]
    [InlineData("sam", true)]
    [InlineData("sam.tran@songbe", true)]
    [InlineData("s", false)]
    [InlineData("Sam", false)]
    [InlineData("-sam", false)]
    [InlineData("sam tran", false)]
    public void A_login_is_plain(string login, bool will) => Assert.Equal(will, PeopleRules.IsLogin(login));
}

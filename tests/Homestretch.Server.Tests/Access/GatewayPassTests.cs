using Homestretch.Server.Access;
using Xunit;

namespace Homestretch.Server.Tests.Access;

public sealed class GatewayPassTests
{
    private static readonly GatewayPass s_pass = new("SONGBE", "edge-1");

    [Theory]
    [InlineData("spBv1.0/SONGBE/NBIRTH/edge-1", true)]
    [InlineData("spBv1.0/SONGBE/NDEATH/edge-1", true)]
    [InlineData("spBv1.0/SONGBE/DDATA/edge-1/WELD-01", true)]
    [InlineData("spBv1.0/SONGBE/DDATA/edge-2/WELD-01", false)]
    [InlineData("spBv1.0/MIHO/DDATA/edge-1/WELD-01", false)]
    [InlineData("spBv1.0/SONGBE/NCMD/edge-1", false)]
    [InlineData("spBv1.0/SONGBE/DCMD/edge-1/WELD-01", false)]
    [InlineData("spBv1.0/STATE/homestretch", false)]
    [InlineData("spBv1.0/SONGBE/DDATA/edge-1/#", false)]
    [InlineData("spBv1.0/songbe/NDATA/edge-1", false)]
    [InlineData("anything", false)]
    public void It_speaks_for_its_own_edge_node_only(string topic, bool may) => Assert.Equal(may, s_pass.MayPublish(topic));

    [Theory]
    [InlineData("spBv1.0/SONGBE/NCMD/edge-1", true)]
    [InlineData("spBv1.0/SONGBE/NCMD/edge-1/#", true)]
    [InlineData("spBv1.0/SONGBE/DCMD/edge-1/#", true)]
    [InlineData("spBv1.0/SONGBE/DCMD/edge-1/+", true)]
    [InlineData("spBv1.0/STATE/homestretch", true)]
    [InlineData("spBv1.0/STATE/other", false)]
    [InlineData("spBv1.0/SONGBE/NCMD/+", false)]
    [InlineData("spBv1.0/+/NCMD/edge-1", false)]
    [InlineData("spBv1.0/SONGBE/+/edge-1", false)]
    [InlineData("spBv1.0/SONGBE/DDATA/edge-1/#", false)]
    [InlineData("spBv1.0/MIHO/NCMD/edge-1", false)]
    [InlineData("spBv1.0/#", false)]
    [InlineData("#", false)]
    [InlineData("$share/g/spBv1.0/SONGBE/NCMD/edge-1", false)]
    public void It_hears_its_own_commands_and_the_hosts_state_only(string filter, bool may) => Assert.Equal(may, s_pass.MaySubscribe(filter, "homestretch"));

    [Theory]
    [InlineData("SONGBE/edge-1", true)]
    [InlineData("SONGBE", false)]
    [InlineData("SONGBE/", false)]
    [InlineData("SONGBE/+", false)]
    [InlineData("SONGBE/a/b", false)]
    public void A_user_name_is_a_party_and_a_node(string user, bool isPass) => Assert.Equal(isPass, GatewayPass.Of(user)?.User == user);
}

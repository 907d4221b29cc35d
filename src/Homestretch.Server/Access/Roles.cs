using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What each role allows. What a party may see is cut elsewhere, for every role alike; this says what a person may do with it.</summary>
internal static class Roles
{
    public static IReadOnlySet<Permission> Of(Role role) => role switch
    {
        Role.Planner => s_planner,
        Role.Supplier => s_supplier,
        Role.Maintenance => s_maintenance,
        Role.Warehouse => s_warehouse,
        Role.Assembler => s_assembler,
        Role.IpOfficer => s_ipOfficer,
        Role.Administrator => s_administrator,
        _ => throw new InvalidOperationException($"{role} is no role."),
    };

    private static readonly HashSet<Permission> s_planner = [Permission.SeeOrders, Permission.SeeMoney, Permission.SeeSupply, Permission.SeeMachines, Permission.SeeLines, Permission.SeeExposure,
        Permission.Promise, Permission.Replan, Permission.Pin, Permission.Import, Permission.ReportSupply, Permission.Service, Permission.ClosePassages, Permission.TrainModels, Permission.Decide];
    private static readonly HashSet<Permission> s_supplier = [Permission.SeeSupply, Permission.SeeMachines, Permission.ReportSupply, Permission.Service];
    private static readonly HashSet<Permission> s_maintenance = [Permission.SeeMachines, Permission.SeeSupply, Permission.Service];
    private static readonly HashSet<Permission> s_warehouse = [Permission.SeeSupply, Permission.SeeLines, Permission.ReportSupply];
    private static readonly HashSet<Permission> s_assembler = [Permission.SeeLines];
    private static readonly HashSet<Permission> s_ipOfficer = [Permission.SeeSupply, Permission.SeeExposure, Permission.SeeAudit];
    private static readonly HashSet<Permission> s_administrator = [.. Enum.GetValues<Permission>()];
}

using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What a person gets who may not ask: the same shape, nothing in it.</summary>
internal static class Empty
{
    public static KitGridView Kits { get; } = new([], [], 0);
    public static Page<T> Page<T>() => new([], 0, 0);

    public static ImportView Import(string fileName) => new(fileName, false, 0, 0, 0, [],
        [new(new(fileName), "role", "Your role may not import.", "Ask an administrator for the permission.")]);
}

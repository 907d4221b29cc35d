using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Homestretch.Tests.House;

/// <summary>The public face of the core, as approved text: a change of it is a visible line in review.</summary>
public sealed class SurfaceTests
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void The_public_surface_is_the_approved_one() =>
        Repository.Keep("tests/Homestretch.Tests/House/approved.txt", Surface(typeof(Finding).Assembly));

    private static string Surface(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().GroupBy(static t => t.Namespace!).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            text.Append(space.Key).Append('\n');
            foreach (Type type in space.OrderBy(static t => t.FullName, StringComparer.Ordinal))
            {
                text.Append("  ").Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
                foreach (string member in Members(type)) text.Append("    ").Append(member).Append('\n');
            }
        }
        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return [string.Join(", ", Enum.GetNames(type))];
        bool record = type.GetMethod("<Clone>$") is not null || type.IsValueType;
        return type.GetConstructors(Declared).Where(static c => c.GetParameters().Length > 0).Select(static c => $"({Parameters(c)})")
            .Concat(type.GetMethods(Declared).Where(m => !m.IsSpecialName && !m.Name.Contains('<', StringComparison.Ordinal) && !(record && IsSynthesized(m)))
                .Select(static m => $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}({Parameters(m)})"))
            .Concat(type.GetProperties(Declared).Where(p => !(record && p.GetMethod!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null && IsPositional(type, p)))
                .Select(static p => $"{(p.GetMethod!.IsStatic ? "static " : "")}{Name(p.PropertyType)} {p.Name}{(p.GetIndexParameters() is { Length: > 0 } i ? $"[{string.Join(", ", i.Select(static x => Name(x.ParameterType)))}]" : "")}"))
            .Concat(type.GetFields(Declared).Where(static f => !f.IsSpecialName).Select(static f => $"{(f.IsLiteral ? "const" : "field")} {Name(f.FieldType)} {f.Name}"))
            .Order(StringComparer.Ordinal);
    }

    private static bool IsSynthesized(MethodInfo m) => m.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || m.Name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "CompareTo";
    private static bool IsPositional(Type type, PropertyInfo p) => type.GetConstructors(Declared).Any(c => c.GetParameters().Any(x => x.Name == p.Name));
    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(static p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? "?" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : "") + (type.GetMethod("<Clone>$") is not null ? "record" : "class"),
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType && name.IndexOf('`', StringComparison.Ordinal) is > 0 and var tick ? $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}

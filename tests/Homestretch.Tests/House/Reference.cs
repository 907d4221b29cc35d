using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Homestretch.Tests.House;

/// <summary>One use of a type by compiled code.</summary>
/// <param name="From">Namespace of the using type; of nested types, that of the outermost.</param>
/// <param name="By">Full name of the using type.</param>
/// <param name="To">Namespace of the type used.</param>
/// <param name="Type">Full name of the type used, nested types as their outermost.</param>
/// <param name="Member">Method or field used; empty when only the type is named.</param>
/// <param name="Own">Whether the type used is of the same module.</param>
internal readonly record struct Reference(string From, string By, string To, string Type, string Member, string Assembly, bool Own)
{
    /// <summary>Every use of a type in a module: bases, signatures, attributes, locals and instructions. Reads compiled
    /// code, because qualified names need no using line. Code that the compiler wrote for itself is passed over.</summary>
    public static IEnumerable<Reference> Of(ModuleDefinition module)
    {
        foreach (TypeDefinition type in module.Types)
        {
            if (type.Namespace.Length == 0 && type.Name.StartsWith('<') || type.Namespace is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices") continue;
            foreach (var (used, member) in Uses(type))
            {
                foreach (TypeReference flat in Flat(used))
                {
                    TypeReference outermost = Outermost(flat);
                    bool own = outermost.Scope == module;
                    if (own && outermost.Namespace is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices" || own && outermost.Namespace.Length == 0) continue;
                    yield return new(type.Namespace, type.FullName, outermost.Namespace, outermost.FullName, member, outermost.Scope.Name, own);
                }
            }
        }
    }

    private static IEnumerable<(TypeReference Type, string Member)> Uses(TypeDefinition type)
    {
        if (type.BaseType is { } parent) yield return (parent, "");
        foreach (InterfaceImplementation i in type.Interfaces) yield return (i.InterfaceType, "");
        foreach (TypeReference t in Constraints(type).Concat(Attributes(type))) yield return (t, "");
        foreach (FieldDefinition f in type.Fields)
        {
            yield return (f.FieldType, "");
            foreach (TypeReference t in Attributes(f)) yield return (t, "");
        }
        foreach (PropertyDefinition p in type.Properties)
        {
            foreach (TypeReference t in Attributes(p)) yield return (t, "");
        }
        foreach (MethodDefinition m in type.Methods)
        {
            foreach (TypeReference t in Signature(m).Concat(Constraints(m)).Concat(Attributes(m))) yield return (t, "");
            if (!m.HasBody) continue;
            foreach (VariableDefinition v in m.Body.Variables) yield return (v.VariableType, "");
            foreach (ExceptionHandler h in m.Body.ExceptionHandlers.Where(static h => h.CatchType is not null)) yield return (h.CatchType, "");
            foreach (var use in m.Body.Instructions.SelectMany(static i => Operand(i.Operand))) yield return use;
        }
        foreach (var use in type.NestedTypes.SelectMany(Uses)) yield return use;
    }

    private static IEnumerable<(TypeReference, string)> Operand(object? operand) => operand switch
    {
        TypeReference t => [(t, "")],
        FieldReference f => [(f.DeclaringType, f.Name), (f.FieldType, "")],
        MethodReference m => [(m.DeclaringType, m.Name), .. Signature(m).Select(static t => (t, "")), .. (m as GenericInstanceMethod)?.GenericArguments.Select(static t => (t, "")) ?? []],
        CallSite c => [(c.ReturnType, ""), .. c.Parameters.Select(static p => (p.ParameterType, ""))],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference m) => [m.ReturnType, .. m.Parameters.Select(static p => p.ParameterType)];
    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes.Select(static a => a.AttributeType);
    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) => provider.GenericParameters.SelectMany(static p => p.Constraints.Select(static c => c.ConstraintType));

    private static IEnumerable<TypeReference> Flat(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType g => [g.ElementType, .. g.GenericArguments.SelectMany(Flat)],
        FunctionPointerType f => [.. Flat(f.ReturnType), .. f.Parameters.SelectMany(static p => Flat(p.ParameterType))],
        IModifierType m => [.. Flat(m.ElementType), .. Flat(m.ModifierType)],
        TypeSpecification s => Flat(s.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}

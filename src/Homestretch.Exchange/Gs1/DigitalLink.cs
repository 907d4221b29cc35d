namespace Homestretch.Exchange.Gs1;

/// <summary>GS1 Digital Link addresses: any host and path, then a key, what qualifies it, and attributes in the query.</summary>
/// <remarks>GS1 Digital Link Standard: URI Syntax, Release 1.4, sections 4.5 to 4.8. A GTIN of 8, 12 or 13 digits is filled up with zeros, as the standard allowed before 1.2. Compressed addresses are not read.</remarks>
internal static class DigitalLink
{
    private static readonly string[] s_keys = ["01", "8006", "8013", "8010", "410", "411", "412", "413", "414", "415", "416", "417", "8017", "8018", "255", "00", "253", "401", "402", "8003", "8004"];

    public static Gs1Wrong? Read(string address, List<Gs1Element> into)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)) return new(Gs1Fault.Address, "", "The address on the label cannot be read.", "Scan it again.");
        string[] path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // the rightmost key with pairs behind it: what stands before belongs to the host
        int key = Enumerable.Range(0, path.Length).Where(i => (path.Length - i) % 2 == 0 && s_keys.Contains(path[i]) && Pairs(path, i)).DefaultIfEmpty(-1).Max();
        if (key < 0) return new(Gs1Fault.Address, "", "The address on the label has no GS1 key in it.", "Scan the label of the part; this is the address of a page.");
        for (int i = key; i < path.Length; i += 2)
            if (Add(path[i], Uri.UnescapeDataString(path[i + 1]), into) is { } wrong) return wrong;
        foreach (string pair in uri.Query.TrimStart('?').Split(['&', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            // words of the host, such as linkType, are not ours to judge
            if (sides.Length == 2 && sides[0].Length > 0 && sides[0].All(char.IsAsciiDigit) && Add(sides[0], Uri.UnescapeDataString(sides[1]), into) is { } wrong) return wrong;
        }
        return null;
    }

    private static bool Pairs(string[] path, int from)
    {
        for (int i = from; i < path.Length; i += 2)
            if (Gs1Identifier.At(path[i]) is not ({ }, var length) || length != path[i].Length) return false;
        return true;
    }

    private static Gs1Wrong? Add(string code, string value, List<Gs1Element> into)
    {
        var (identifier, length) = Gs1Identifier.At(code);
        if (identifier is null || length != code.Length) return Gs1Reading.Unknown(code);
        return Gs1Reading.Add(identifier, code, code == "01" && value.Length is (8 or 12 or 13) ? value.PadLeft(14, '0') : value, into);
    }
}

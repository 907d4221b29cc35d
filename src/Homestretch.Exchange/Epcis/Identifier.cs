namespace Homestretch.Exchange.Epcis;

/// <summary>The names by which our own records may know what an EPCIS identifier points at.</summary>
internal static class Identifier
{
    /// <summary>Names, likeliest first: the identifier itself, what its GS1 form carries (SSCC-18, GLN-13, the lot of a class), and the part
    /// after its last separator. Source: GS1 EPC Tag Data Standard (URN forms), GS1 Digital Link (URI forms).</summary>
    public static IEnumerable<string> Names(string id)
    {
        yield return id;
        int query = id.IndexOf('?', StringComparison.Ordinal);
        string plain = query < 0 ? id : id[..query];
        if (Carried(plain) is { Length: > 0 } carried) yield return Uri.UnescapeDataString(carried);
        string tail = Uri.UnescapeDataString(plain[(plain.LastIndexOfAny(['/', ':', '#']) + 1)..]);
        if (tail.Length > 0 && tail != id) yield return tail;
    }

    /// <summary>The last word of a vocabulary term, whichever way it is written: departing, urn:epcglobal:cbv:bizstep:departing,
    /// cbv:BizStep-departing, https://ref.gs1.org/cbv/BizStep-departing.</summary>
    public static string Term(string term)
    {
        string tail = term[(term.LastIndexOfAny(['/', ':']) + 1)..];
        int dash = tail.IndexOf('-', StringComparison.Ordinal);
        return dash >= 0 ? tail[(dash + 1)..] : tail;
    }

    private static string? Carried(string id)
    {
        if (After(id, "urn:epc:id:sscc:") is { } sscc && sscc.Split('.') is [var prefix, { Length: > 1 } serial]) return WithCheck(serial[0] + prefix + serial[1..]);
        if (After(id, "urn:epc:id:sgln:") is { } sgln && sgln.Split('.', 3) is [var company, var location, ..]) return WithCheck(company + location);
        if (After(id, "urn:epc:class:lgtin:") is { } lgtin) return lgtin.Split('.', 3) is [_, _, var lot] ? lot : null;
        if (!Uri.TryCreate(id, UriKind.Absolute, out Uri? link) || link.Scheme is not ("http" or "https")) return null;
        string[] parts = link.AbsolutePath.Split('/');
        foreach (string key in (ReadOnlySpan<string>)["10", "00", "414"])
        {
            int at = Array.IndexOf(parts, key);
            if (at >= 0 && at + 1 < parts.Length) return parts[at + 1];
        }
        return null;
    }

    private static string? After(string id, string start) => id.StartsWith(start, StringComparison.Ordinal) ? id[start.Length..] : null;

    /// <summary>The digits with their GS1 check digit (General Specifications 7.9); null when they are not digits. Example: 061414112345 gives 0614141123452.</summary>
    private static string? WithCheck(string digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i])) return null;
            sum += (digits[i] - '0') * ((digits.Length - i) % 2 == 1 ? 3 : 1);
        }
        return digits + (char)('0' + (10 - sum % 10) % 10);
    }
}

using Homestretch.Cli.Planning;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>A range of seeds, such as 1..200.</summary>
internal static class Seeds
{
    public static (int First, int Last)? Of(string text) => text.Split("..") is [var a, var b] && int.TryParse(a, out int first) && int.TryParse(b, out int last) && first > 0 && first <= last ? (first, last) : null;

    public static int Bad(string text)
    {
        if (Of(text) is null) Console.Error.WriteLine($"--seeds '{text}' is no range. Write it like 1..200.");
        return Folder.BadInput;
    }
}

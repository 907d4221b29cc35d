using Homestretch.Exchange.Cutting;
using Homestretch.Exchange.Papers;

namespace Homestretch.Papers;

/// <summary>A form in which a design is taken away.</summary>
public enum DesignForm { Zip, Xlsx, Pdf }

/// <summary>A design as a file.</summary>
public static class DesignFile
{
    /// <summary>The form that a file's name ends in: .zip, .xlsx or .pdf; null: another.</summary>
    public static DesignForm? Form(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".zip" => DesignForm.Zip,
        ".xlsx" => DesignForm.Xlsx,
        ".pdf" => DesignForm.Pdf,
        _ => null,
    };

    /// <summary>Its bytes: tables as CSV in a zip, a workbook with a sheet a table, or a business case to read.</summary>
    public static byte[] Of(SolvedDesign design, DesignForm form) => form switch
    {
        DesignForm.Zip => PaperZip.Of(DesignTables.Of(design), design.At),
        DesignForm.Xlsx => Workbook.Of(DesignTables.Of(design)),
        _ => DesignDocument.Of(design),
    };
}

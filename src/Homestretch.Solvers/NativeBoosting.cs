using System.Runtime.InteropServices;
using System.Text;

namespace Homestretch.Solvers;

/// <summary>The part of LightGBM's C interface that training needs (LightGBM 4.7, include/LightGBM/c_api.h). Every call
/// returns 0, or -1 with a message.</summary>
internal static unsafe partial class NativeBoosting
{
    private const string Library = "lib_lightgbm";

    /// <summary>Kinds of data: C_API_DTYPE_FLOAT32.</summary>
    public const int Float32 = 0;

    /// <summary>Kinds of prediction: C_API_PREDICT_NORMAL, C_API_PREDICT_RAW_SCORE.</summary>
    public const int Normal = 0, Raw = 1;

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial byte* LastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDataset(float* data, int type, int rows, int columns, int rowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetField(nint dataset, string field, float* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetFeatureNames")]
    public static partial int SetNames(nint dataset, byte** names, int count);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int FreeDataset(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateBooster(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int Update(nint booster, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int Save(nint booster, int from, int count, int importance, long room, out long length, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Load(string text, out int iterations, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Predict(nint booster, float* data, int type, int rows, int columns, int rowMajor, int kind, int from, int count, string parameters, out long length, double* results);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int FreeBooster(nint booster);

    /// <summary>Throws what the library says when a call failed: our own mistake, since data were checked before.</summary>
    public static void Done(int code)
    {
        if (code != 0) throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8((nint)LastError())}\nMaybe a parameter does not fit the data.");
    }

    /// <summary>The model text of a booster.</summary>
    public static string TextOf(nint booster)
    {
        byte[] text = new byte[1 << 20];
        while (true)
        {
            long length;
            fixed (byte* at = text) Done(Save(booster, 0, -1, 0, text.Length, out length, at));
            if (length <= text.Length) return Encoding.UTF8.GetString(text, 0, (int)length - 1); // a zero ends it
            text = new byte[length];
        }
    }
}

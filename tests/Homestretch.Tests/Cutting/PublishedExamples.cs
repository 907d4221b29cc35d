using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;

namespace Homestretch.Tests.Cutting;

/// <summary>Published networks as data: S. Graves, S. Willems, Supply chain design: safety stock placement and supply chain configuration (2003).</summary>
internal static class PublishedExamples
{
    public static StageNetwork Bulldozer { get; } = new(
    [
        new("Boggie_Assembly", 575, 11),
        new("Brake_Group", 3850, 8),
        new("Case", 2200, 15),
        new("Case&Frame", 1500, 16),
        new("Chassis&Platform", 4320, 7),
        new("Common_Subassembly", 8000, 5),
        new("Dressed_Out_Engine", 4100, 10),
        new("Drive_Group", 1550, 9),
        new("Engine", 4500, 7),
        new("Fans", 650, 12),
        new("Fender_Group", 900, 9),
        new("Final_Assembly", 8000, 4, 0, 5, 3, 0.95, 0),
        new("Final_Drive&Brake", 3680, 6),
        new("Frame_Assembly", 605, 19),
        new("Main_Assembly", 12000, 8),
        new("Pin_Assembly", 90, 35),
        new("Plant_Carrier", 155, 9),
        new("Platform_Group", 725, 6),
        new("Roll_Over_Group", 1150, 8),
        new("Suspension_Group", 3600, 7),
        new("Track_Roller_Frame", 3000, 10),
        new("Transmission", 7450, 15),
    ],
    [
        new("Case", "Case&Frame"),
        new("Frame_Assembly", "Case&Frame"),
        new("Platform_Group", "Chassis&Platform"),
        new("Fender_Group", "Chassis&Platform"),
        new("Roll_Over_Group", "Chassis&Platform"),
        new("Case&Frame", "Common_Subassembly"),
        new("Transmission", "Common_Subassembly"),
        new("Final_Drive&Brake", "Common_Subassembly"),
        new("Engine", "Dressed_Out_Engine"),
        new("Fans", "Dressed_Out_Engine"),
        new("Main_Assembly", "Final_Assembly"),
        new("Track_Roller_Frame", "Final_Assembly"),
        new("Suspension_Group", "Final_Assembly"),
        new("Brake_Group", "Final_Drive&Brake"),
        new("Drive_Group", "Final_Drive&Brake"),
        new("Plant_Carrier", "Final_Drive&Brake"),
        new("Chassis&Platform", "Main_Assembly"),
        new("Common_Subassembly", "Main_Assembly"),
        new("Dressed_Out_Engine", "Main_Assembly"),
        new("Boggie_Assembly", "Suspension_Group"),
        new("Pin_Assembly", "Suspension_Group"),
    ]);

    public static StageNetwork DigitalCamera { get; } = new(
    [
        new("Camera", 750, 60),
        new("Imager", 950, 60),
        new("Circuit_Board", 650, 40),
        new("Other_Parts_L_60", 150, 60),
        new("Other_Parts_M_60", 200, 150),
        new("Build_Test_Pack", 250, 6),
        new("Transfer", 50, 2),
        new("Ship", 0, 3, 0, 11, 7, 0.95, 5),
    ],
    [
        new("Camera", "Build_Test_Pack"),
        new("Imager", "Build_Test_Pack"),
        new("Circuit_Board", "Build_Test_Pack"),
        new("Other_Parts_L_60", "Build_Test_Pack"),
        new("Other_Parts_M_60", "Build_Test_Pack"),
        new("Build_Test_Pack", "Transfer"),
        new("Transfer", "Ship"),
    ]);
}

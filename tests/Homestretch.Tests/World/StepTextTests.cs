using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class StepTextTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();

    private static Snapshot With(IRecord record) => s_world.Apply([new WorldEvent.Put(record)]).World;

    [Fact]
    public void What_is_measured_is_called_by_its_name_in_the_other_language()
    {
        Assert.Equal("Spalt", StepText.Named("torque=Drehmoment; gap = Spalt", "gap"));
        Assert.Null(StepText.Named("torque=Drehmoment", "gap"));
        Assert.Null(StepText.Named("", "gap"));
    }

    [Fact]
    public void A_step_that_lacks_a_language_of_its_family_is_a_hint_and_its_own_language_is_none()
    {
        Assert.Empty(StepTextGaps.Of(s_world));
        WorkStep step = s_world.WorkSteps["C1|010"];
        Assert.Equal("Step 020 of C1 (Fit the frame) has no title, text, name of torque, name of gap in de.", Assert.Single(StepTextGaps.Of(With(step with { Step = "020" }))).What);
        Assert.Equal("Step 010 of C1 (Fit the frame) has no text, name of gap in de.", Assert.Single(StepTextGaps.Of(With(s_world.StepTexts["C1|010|de"] with { Text = "", Measured = "torque=Drehmoment" }))).What);
        Assert.Empty(StepTextGaps.Of(With(step with { Step = "020", Language = "de" })));
    }

    [Fact]
    public void A_text_of_no_step_is_refused_and_a_step_that_has_texts_stays()
    {
        Assert.Equal("unknown-key", Assert.Single(s_world.Apply([new WorldEvent.Put(s_world.StepTexts["C1|010|de"] with { Step = "099" })]).Findings).Rule);
        Assert.Equal("still-in-use", Assert.Single(s_world.Apply([new WorldEvent.Removed(TableKind.Named("work_steps")!, "C1|010", "")]).Findings).Rule);
    }
}

namespace Homestretch.Cli.Demo;

/// <summary>What a machine's features follow.</summary>
internal enum WearKind { Well, CoolantPump, SpindleBearing, PressDie, NotConnected }

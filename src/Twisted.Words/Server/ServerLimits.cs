namespace Twisted.Words;

/// <summary>Lengths in bytes, and numbers that clients are told of; those that are options are not here.</summary>
internal static class ServerLimits
{
    internal const int UserName = 10;
    internal const int RealName = 128;
    internal const int Channel = 50;
    internal const int Key = 23;
    internal const int Topic = 307; // what is left of a message beside the longest nickname, user, host and channel
    internal const int Reason = 307; // of PART, KICK, QUIT
    internal const int Away = 200;
    internal const int Mask = 150;
    internal const int Modes = 6; // changes with a parameter, in one MODE
    internal const int Targets = 4;
    internal const int Invitations = 20;
    internal const int Sasl = 4096; // base64 of all pieces
    internal const int Logins = 5; // that may fail on one connection
}

namespace Twisted.Words;

/// <summary>The sixteen colours that every client has.</summary>
public static class IrcColor
{
    /// <summary>White.</summary>
    public const int White = 0;

    /// <summary>Black.</summary>
    public const int Black = 1;

    /// <summary>Blue.</summary>
    public const int Blue = 2;

    /// <summary>Green.</summary>
    public const int Green = 3;

    /// <summary>Light red.</summary>
    public const int LightRed = 4;

    /// <summary>Red, or brown.</summary>
    public const int Red = 5;

    /// <summary>Magenta.</summary>
    public const int Magenta = 6;

    /// <summary>Orange.</summary>
    public const int Orange = 7;

    /// <summary>Yellow.</summary>
    public const int Yellow = 8;

    /// <summary>Light green.</summary>
    public const int LightGreen = 9;

    /// <summary>Cyan.</summary>
    public const int Cyan = 10;

    /// <summary>Light cyan.</summary>
    public const int LightCyan = 11;

    /// <summary>Light blue.</summary>
    public const int LightBlue = 12;

    /// <summary>Light magenta.</summary>
    public const int LightMagenta = 13;

    /// <summary>Gray.</summary>
    public const int Gray = 14;

    /// <summary>Light gray.</summary>
    public const int LightGray = 15;
}

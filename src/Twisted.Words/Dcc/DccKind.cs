namespace Twisted.Words;

/// <summary>What a DCC message says.</summary>
public enum DccKind
{
    /// <summary>A file is offered.</summary>
    Send,

    /// <summary>A conversation is offered.</summary>
    Chat,

    /// <summary>Who was offered a file has a part of it already.</summary>
    Resume,

    /// <summary>The rest of the file will be sent.</summary>
    Accept,
}

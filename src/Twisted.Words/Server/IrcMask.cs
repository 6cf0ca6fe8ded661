namespace Twisted.Words;

/// <summary>Masks of users, nick!user@host with * for any characters and ? for one.</summary>
internal static class IrcMask
{
    /// <summary>Fills in what a user leaves out of a mask.</summary>
    internal static string Complete(string mask)
    {
        int at = mask.LastIndexOf('@');
        string host = at < 0 ? "*" : mask[(at + 1)..];
        string rest = at < 0 ? mask : mask[..at];
        int mark = rest.IndexOf('!', StringComparison.Ordinal);
        (string nick, string user) = mark >= 0 ? (rest[..mark], rest[(mark + 1)..])
            : at < 0 ? (rest, "*") : ("*", rest);
        return $"{OrAny(nick)}!{OrAny(user)}@{OrAny(host)}";
    }

    /// <summary>
    /// Whether a text is as the mask says. No mask makes it slow: after a star only the last star is ever tried again,
    /// so at most every character is compared with every character.
    /// </summary>
    internal static bool Matches(string mask, string text)
    {
        int star = -1;
        int resume = 0;
        int m = 0;
        int t = 0;
        while (t < text.Length)
        {
            if (m < mask.Length && mask[m] == '*')
            {
                star = m++;
                resume = t;
            }
            else if (m < mask.Length && (mask[m] == '?' || FoldedNames.Fold(mask[m]) == FoldedNames.Fold(text[t])))
            {
                m++;
                t++;
            }
            else if (star >= 0)
            {
                m = star + 1;
                t = ++resume;
            }
            else
                return false;
        }
        return mask.AsSpan(m).Trim('*').IsEmpty;
    }

    private static string OrAny(string part) => part.Length == 0 ? "*" : part;
}

using System.Net;

namespace Twisted.Words;

/// <summary>DCC: files and conversations between clients, past the server.</summary>
public abstract partial class IrcClient
{
    private static readonly DccOptions UsualDcc = new();

    private readonly List<DccStandingOffer> _dccOffers = []; // of files, ours, that nobody has taken yet
    private readonly List<DccResumption> _dccResumptions = [];
    private int _dccTransfers;

    /// <summary>What DCC may do; its own defaults unless overridden.</summary>
    protected virtual DccOptions DccOptions => UsualDcc;

    /// <summary>
    /// Someone offers us a file or a conversation. Does nothing unless overridden: an offer is never taken by itself,
    /// and who offers it may be anybody. Twisted: <c>dccDoSend</c>, <c>dccDoChat</c>.
    /// </summary>
    /// <param name="offer">Its <see cref="DccOffer.Kind"/> is Send or Chat.</param>
    protected virtual void DccOffered(DccOffer offer) { }

    /// <summary>
    /// Offers a file to a user, and sends it to the first who connects: DCC knows no better proof of who that is.
    /// Who has a part already is sent the rest. Twisted: <c>dccSend</c>, which is not implemented there, and
    /// <c>dccDoResume</c>.
    /// </summary>
    /// <param name="user">The nickname.</param>
    /// <param name="path">The file. Its name without folders is told, and must be one that we would accept.</param>
    /// <returns>
    /// Fires when all of it was acknowledged. Fails with TimeoutException when nobody wants it or the transfer stands
    /// still, and with what else goes wrong. Cancelling it ends the offer or the transfer.
    /// </returns>
    /// <exception cref="ArgumentException">The user or the name cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The clock of this client is no reactor.</exception>
    public Deferred DccSend(string user, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckDccUser(user);
        if (DccFileName.Check(Path.GetFileName(path), out string name) is { } problem)
            throw new ArgumentException($"The name of '{path}' cannot be offered: {problem}.", nameof(path));
        return InDccTransfer(reactor => OfferFile(reactor, user, path, name));
    }

    /// <summary>Receives a file that was offered. Twisted: <c>DccFileReceive</c>, <c>dccDoAcceptResume</c>.</summary>
    /// <param name="offer">The offer; its <see cref="DccOffer.Kind"/> is Send.</param>
    /// <param name="folder">Where to put it. It exists, and nobody else changes it.</param>
    /// <param name="resume">
    /// Whether to go on with what an earlier attempt has left ("name.part"), and to leave it when this one fails. Who
    /// has sent that part is not known: it is your decision whether it is the same file.
    /// </param>
    /// <returns>
    /// The path of the file, when it is whole. Nothing is ever overwritten: fails with IOException when it is there
    /// already; with <see cref="IrcException"/> when the offer is refused by <see cref="DccOptions"/> or the other side
    /// does not keep to it; with TimeoutException. Cancelling it ends the transfer.
    /// </returns>
    /// <exception cref="ArgumentException">It is no offer of a file.</exception>
    /// <exception cref="InvalidOperationException">The clock of this client is no reactor.</exception>
    public Deferred<string> DccAccept(DccOffer offer, string folder, bool resume = false)
    {
        CheckDccOffer(offer, DccKind.Send);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return InDccTransfer(reactor => ReceiveFile(reactor, offer, folder, resume));
    }

    /// <summary>Takes part in a conversation that was offered.</summary>
    /// <param name="offer">The offer; its <see cref="DccOffer.Kind"/> is Chat.</param>
    /// <param name="chat">Our side of it; it can be connected once.</param>
    /// <returns>Fires when it is connected. Fails as the other overload does.</returns>
    /// <exception cref="ArgumentException">It is no offer of a conversation.</exception>
    /// <exception cref="InvalidOperationException">The clock of this client is no reactor.</exception>
    public Deferred DccAccept(DccOffer offer, DccChatProtocol chat)
    {
        CheckDccOffer(offer, DccKind.Chat);
        ArgumentNullException.ThrowIfNull(chat);
        return InDccTransfer(async reactor =>
        {
            await Endpoint(reactor, offer).Connect(WatchedChat(reactor, chat));
        });
    }

    /// <summary>Offers a conversation to a user, and has it with the first who connects.</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="chat">Our side of it; it can be connected once.</param>
    /// <returns>Fires when it is connected. Fails as <see cref="DccSend"/> does.</returns>
    /// <exception cref="ArgumentException">The user cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The clock of this client is no reactor.</exception>
    public Deferred DccChat(string user, DccChatProtocol chat)
    {
        CheckDccUser(user);
        ArgumentNullException.ThrowIfNull(chat);
        return InDccTransfer(async reactor =>
        {
            using DccListener listener = ListenForDcc(reactor, WatchedChat(reactor, chat));
            OfferDcc(user, new DccOffer { Kind = DccKind.Chat, Address = DccHost(), Port = listener.Port });
            await listener.Connected;
        });
    }

    private static void CheckDccUser(string user) => IrcMessageWriter.Format(prefix: "", "PRIVMSG", user, "x");

    private static void CheckDccOffer(DccOffer offer, DccKind kind)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (offer.Kind != kind)
            throw new ArgumentException($"The offer is {offer.Kind}, not {kind}.", nameof(offer));
    }

    private Deferred<bool> InDccTransfer(Func<IReactor, Deferred> transfer) => InDccTransfer(async reactor =>
    {
        await transfer(reactor);
        return true;
    });

    /// <summary>One of the transfers that there may be.</summary>
    private Deferred<T> InDccTransfer<T>(Func<IReactor, Deferred<T>> transfer)
    {
        if (Clock is not IReactor reactor)
            throw new InvalidOperationException("DCC needs a reactor: give it to the constructor as the clock.");
        if (_dccTransfers >= DccOptions.MaxTransfers)
            return Deferred.Fail<T>(new QueueOverflowException(
                $"{_dccTransfers} transfers and offers are under way. Wait for one, or raise MaxTransfers."));
        _dccTransfers++;
        return Deferred.Try(() => transfer(reactor)).Finally(() => _dccTransfers--);
    }

    private async Deferred OfferFile(IReactor reactor, string user, string path, string name)
    {
        using DccFile file = await reactor.DeferToThread(() => DccFile.Open(path));
        var sender = new DccSender(reactor, file, DccOptions.IdleTimeout);
        DccStandingOffer? standing = null;
        try
        {
            using DccListener listener = ListenForDcc(reactor, Factory.For(() => sender));
            standing = new DccStandingOffer(user, listener.Port, sender);
            _dccOffers.Add(standing);
            OfferDcc(user, new DccOffer
            {
                Kind = DccKind.Send,
                FileName = name,
                Address = DccHost(),
                Port = listener.Port,
                Size = file.Length,
            });
            await listener.Connected;
            await sender.Done;
        }
        catch
        {
            sender.Abandon();
            throw;
        }
        finally
        {
            if (standing is not null)
                _dccOffers.Remove(standing);
        }
    }

    private async Deferred<string> ReceiveFile(IReactor reactor, DccOffer offer, string folder, bool resume)
    {
        IStreamClientEndpoint endpoint = Endpoint(reactor, offer);
        if (offer.Size is not { } size || size > DccOptions.MaxFileSize)
            throw new IrcException($"The file that {offer.User} offers has {offer.Size?.ToString() ?? "no known"} "
                + $"bytes; {DccOptions.MaxFileSize} are the most. Raise MaxFileSize if it may be longer.");
        if (DccFileName.Check(offer.FileName, out string name) is { } problem || name != offer.FileName)
            throw new IrcException($"The name '{offer.FileName}' is not safe. Take offers from TryParseOffer.");
        DccFile file = await reactor.DeferToThread(() => DccFile.Create(folder, name, resume));
        DccReceiver? receiver = null;
        try
        {
            if (file.Length > size)
                throw new IrcException($"There are {file.Length} bytes of {name} already, of {size}. Remove them.");
            if (file.Length < size || size == 0)
            {
                if (file.Length > 0)
                    await AskToResume(reactor, offer, file.Length);
                receiver = new DccReceiver(reactor, file, file.Length, size, DccOptions.IdleTimeout);
                await endpoint.ConnectProtocol(receiver);
                await receiver.Done;
            }
            return await reactor.DeferToThread(file.Finish);
        }
        catch
        {
            receiver?.Abandon();
            await reactor.DeferToThread(() => file.Abandon(keep: resume));
            throw;
        }
    }

    private async Deferred AskToResume(IReactor reactor, DccOffer offer, long position)
    {
        var accepted = new Deferred();
        var resumption = new DccResumption(offer, position, accepted);
        _dccResumptions.Add(resumption);
        try
        {
            OfferDcc(offer.User.Split('!')[0],
                offer with { Kind = DccKind.Resume, Address = null, Size = null, Position = position, Token = null });
            await accepted.AddTimeout(DccOptions.OfferTimeout, reactor);
        }
        finally
        {
            _dccResumptions.Remove(resumption);
        }
    }

    private void OfferDcc(string user, DccOffer offer)
    {
        if (!IsConnected)
            throw new IrcException("The connection to the server is gone: nothing can be offered.");
        CtcpQuery(user, "DCC", IrcDcc.FormatOffer(offer));
    }

    private DccListener ListenForDcc(IReactor reactor, IProtocolFactory factory) => new(reactor, DccOptions,
        DccOptions.ListenAddress ?? (Transport.Host as IPEndPoint)?.Address.ToString() ?? "", factory);

    private IdleTimeoutFactory WatchedChat(IReactor reactor, DccChatProtocol chat) =>
        new(Factory.For(() => chat), reactor, DccOptions.ChatIdleTimeout);

    private IPAddress DccHost() => DccOptions.Address ?? (Transport.Host as IPEndPoint)?.Address
        ?? throw new InvalidOperationException("No address is known to offer: set DccOptions.Address.");

    /// <summary>Where an offer says to connect to, if we may.</summary>
    private TcpClientEndpoint Endpoint(IReactor reactor, DccOffer offer)
    {
        if (offer.Port == 0)
            throw new IrcException($"{offer.User} wants us to listen (port 0), which we do not do. Ask for an offer "
                + "with a port.");
        if (offer.Address is not { } address || DccAddress.IsNobody(address))
            throw new IrcException($"Nobody can be reached at the address {offer.Address} of {offer.User}.");
        if (!DccOptions.AllowLocalAddresses
            && (DccAddress.IsLocal(address) || address.Equals((Transport.Host as IPEndPoint)?.Address)))
            throw new IrcException($"{offer.User} names the address {address}, which is this machine's or a private "
                + "one. Set AllowLocalAddresses if offers may.");
        return new TcpClientEndpoint(reactor, address.ToString(), offer.Port, DccOptions.ConnectTimeout);
    }

    /// <returns>False when it is for <see cref="CtcpQueryReceived"/>: no such message, or not to us alone.</returns>
    private bool DccHeard(string user, string channel, string data)
    {
        if (!IsMe(channel))
            return false;
        if (!IrcDcc.TryParseOffer(data, out DccOffer? offer, out string problem))
        {
            IrcLog.DccRefused(_log, user, problem);
            return false;
        }
        offer = offer with { User = user };
        if (offer.Kind == DccKind.Resume)
            DccResumeAsked(offer);
        else if (offer.Kind == DccKind.Accept)
            DccResumeAccepted(offer);
        else
            DccOffered(offer);
        return true;
    }

    private void DccResumeAsked(DccOffer asked)
    {
        string nick = asked.User.Split('!')[0];
        foreach (DccStandingOffer standing in _dccOffers)
        {
            if (standing.Port != asked.Port || !Features.CaseMapping.Equals(standing.User, nick)
                || !standing.Sender.StartAt(asked.Position))
                continue;
            OfferDcc(nick, asked with { Kind = DccKind.Accept, User = "" });
            return;
        }
        IrcLog.DccRefused(_log, asked.User, "there is no offer to resume, or no such place in it");
    }

    private void DccResumeAccepted(DccOffer accepted)
    {
        string nick = accepted.User.Split('!')[0];
        foreach (DccResumption resumption in _dccResumptions)
        {
            if (resumption.Offer.Port != accepted.Port || resumption.Position != accepted.Position
                || !Features.CaseMapping.Equals(resumption.Offer.User.Split('!')[0], nick)
                || resumption.Accepted.IsFired)
                continue;
            resumption.Accepted.Callback();
            return;
        }
        IrcLog.DccRefused(_log, accepted.User, "nothing was asked to be resumed there");
    }

    private sealed record DccStandingOffer(string User, int Port, DccSender Sender);

    private sealed record DccResumption(DccOffer Offer, long Position, Deferred Accepted);
}

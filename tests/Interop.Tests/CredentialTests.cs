using System.Globalization;
using Twisted.Cred;
using Twisted.Testing;

namespace Interop.Tests;

/// <summary>Proofs of passwords: what we make it takes, what it makes we take.</summary>
public class CredentialTests
{
    private const string Password = "correct horse";

    private static DigestCredentialFactory Factory() => new(new VirtualClock(), "a realm", DigestAlgorithm.Md5);

    [PeerFact(Peers.Twisted)]
    public async Task It_takes_our_digest_and_refuses_it_with_another_password()
    {
        string answer = Factory().GetChallenge("192.0.2.1").Respond("ada", Password, "GET", "/a,b?c=d");
        Assert.Equal("True\n", await Peer("digest-accepts", answer, "GET", "a realm", Password));
        Assert.Equal("False\n", await Peer("digest-accepts", answer, "GET", "a realm", "wrong"));
        Assert.Equal("False\n", await Peer("digest-accepts", answer, "PUT", "a realm", Password));
    }

    [PeerFact(Peers.Twisted)]
    public async Task We_take_its_digest_and_its_hash()
    {
        DigestCredentialFactory factory = Factory();
        DigestChallenge challenge = factory.GetChallenge();
        string response = (await Peer("digest-response", "ada", challenge.Realm, Password, "GET", "/x",
            challenge.Nonce, "00000001", "abc")).TrimEnd();
        DigestCredentials credentials = factory.Decode(string.Create(CultureInfo.InvariantCulture,
            $"username=\"ada\", realm=\"{challenge.Realm}\", nonce=\"{challenge.Nonce}\", uri=\"/x\", ")
            + $"qop=auth, nc=00000001, cnonce=\"abc\", response=\"{response}\", opaque=\"{challenge.Opaque}\"", "GET");
        Assert.True(credentials.CheckPassword(Password));
        Assert.False(credentials.CheckPassword("wrong"));
        Assert.True(credentials.CheckHash(
            (await Peer("digest-hash", "ada", challenge.Realm, Password)).TrimEnd()));
    }

    [PeerFact(Peers.Twisted)]
    public async Task It_takes_our_answer_to_CRAM_MD5()
    {
        string challenge = new CramMd5Credentials("mail.example.org").Challenge;
        string answer = CramMd5Credentials.Respond(challenge, "ada", Password);
        Assert.Equal("True\n", await Peer("cram-accepts", challenge, answer, Password));
        Assert.Equal("False\n", await Peer("cram-accepts", challenge, answer, "wrong"));
    }

    private static async Task<string> Peer(params string[] arguments)
    {
        await using RunningProgram peer = Python.Start("twisted_cred.py", arguments);
        return await peer.Succeeds();
    }
}

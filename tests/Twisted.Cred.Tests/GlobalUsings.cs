global using Twisted.Cred;
global using Twisted.Testing;

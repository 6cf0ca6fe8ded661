global using Twisted.Application;
global using Twisted.Testing;

global using System.Text;
global using Microsoft.Extensions.Logging;
global using Twisted.Testing;

using Twisted.Application.Plugins;
using Twisted.Channels;

[assembly: TwistdPlugin(typeof(NodeMaker), "node", "A node of a mesh: channels to the others, by number and service.")]

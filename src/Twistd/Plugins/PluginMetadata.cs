using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>Reads what an assembly declares from its metadata: nothing of it is loaded, no code of it runs.</summary>
internal sealed class PluginMetadata
{
    private static readonly Type Declares = typeof(TwistdPluginAttribute);

    private PluginMetadata(IReadOnlyList<PluginDeclaration> declarations, string? tooNew)
    {
        Declarations = declarations;
        TooNew = tooNew;
    }

    /// <summary>The sub-commands.</summary>
    internal IReadOnlyList<PluginDeclaration> Declarations { get; }

    /// <summary>Why this tool is too old for it; null when it is not.</summary>
    internal string? TooNew { get; }

    /// <summary>Reads an assembly.</summary>
    /// <param name="file">The file's content, which can be sought in; it is closed.</param>
    /// <exception cref="BadImageFormatException">It is not one, or it is damaged.</exception>
    internal static PluginMetadata Read(Stream file)
    {
        try
        {
            using var image = new PEReader(file);
            return image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } reader
                ? Read(reader)
                : throw new BadImageFormatException("It is not a .NET assembly.");
        }
        catch (Exception failure) when (failure is not (BadImageFormatException or IOException))
        {
            throw new BadImageFormatException("Its metadata is damaged.", failure); // the reader throws whatever then
        }
    }

    private static PluginMetadata Read(MetadataReader reader)
    {
        PluginDeclaration[] declarations =
        [
            .. reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute)
                .Where(attribute => IsDeclaration(reader, attribute)).Select(Declaration),
        ];
        return new PluginMetadata(declarations, FindTooNew(reader));
    }

    private static bool IsDeclaration(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Name, Declares.Name)
            && reader.StringComparer.Equals(type.Namespace, Declares.Namespace!);
    }

    private static PluginDeclaration Declaration(CustomAttribute attribute)
    {
        ImmutableArray<CustomAttributeTypedArgument<string>> arguments =
            attribute.DecodeValue(new TypeNames()).FixedArguments;
        return arguments is [{ Value: string maker }, { Value: string name }, { Value: string description }]
            ? new PluginDeclaration(maker, name, description)
            : throw new BadImageFormatException("Its [assembly: TwistdPlugin] lacks the maker, the name or the text.");
    }

    /// <summary>The runtime refuses to load a reference to a newer version than the one that is there.</summary>
    private static string? FindTooNew(MetadataReader reader)
    {
        foreach (AssemblyReference reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
        {
            string name = reader.GetString(reference.Name);
            if (SharedAssemblies.Find(name)?.GetName().Version is { } here && reference.Version > here)
                return $"It was built for {name} {reference.Version.ToString(3)}, and this is {here.ToString(3)}: "
                    + "update twistd, or build it for this one.";
        }
        return null;
    }

    /// <summary>Types by their names: none is looked up.</summary>
    private sealed class TypeNames : ICustomAttributeTypeProvider<string>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"{typeCode}";

        public string GetSystemType() => typeof(Type).FullName!;

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == GetSystemType();
    }
}

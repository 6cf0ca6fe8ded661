namespace Twisted.Tests.Components;

public class AdapterRegistryTests
{
    private readonly AdapterRegistry _registry = new();

    private interface IShape;
    private interface IRound : IShape;
    private interface INamed;
    private class Shape : IShape;
    private class Circle : Shape, IRound;
    private sealed class NamedCircle : Circle, INamed;
    private sealed record Picture(string Of);

    private string? PictureOf(object original) => _registry.Adapt<Picture>(original)?.Of;

    private void Register<T>(string picture) => _registry.Register<T, Picture>(_ => new Picture(picture));

    [Fact]
    public void The_adapter_of_the_type_is_given_the_object()
    {
        _registry.Register<int, Picture>(n => new Picture($"number {n}"));
        Assert.Equal("number 7", PictureOf(7));
    }

    [Fact]
    public void An_object_that_is_one_already_is_returned_as_it_is()
    {
        _registry.Register<Picture, Picture>(_ => new Picture("another"));
        _registry.Register<Circle, IShape>(_ => new Shape());
        var picture = new Picture("this");
        var circle = new Circle();
        Assert.Same(picture, _registry.Adapt<Picture>(picture));
        Assert.Same(circle, _registry.Adapt<IShape>(circle));
    }

    [Fact]
    public void Without_an_adapter_there_is_nothing()
    {
        Register<string>("text");
        Assert.Null(PictureOf(7));
        Assert.Null(_registry.Adapt<INamed>("text"));
        Assert.Equal(0, _registry.Adapt<int>("text"));
    }

    [Fact]
    public void An_adapter_may_decline()
    {
        _registry.Register<string, Picture?>(_ => null);
        Assert.Null(PictureOf("text"));
    }

    [Fact]
    public void A_base_class_or_an_interface_is_good_enough()
    {
        Register<Shape>("shape");
        _registry.Register<INamed, Uri>(_ => new Uri("name:x"));
        Assert.Equal("shape", PictureOf(new NamedCircle()));
        Assert.NotNull(_registry.Adapt<Uri>(new NamedCircle()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_most_derived_registration_wins_in_whatever_order_they_came(bool reversed)
    {
        List<Action> registrations =
        [
            () => Register<object>("object"),
            () => Register<IShape>("any shape"),
            () => Register<Shape>("shape"),
            () => Register<IRound>("round"),
            () => Register<Circle>("circle"),
        ];
        if (reversed)
            registrations.Reverse();
        registrations.ForEach(register => register());
        Assert.Equal("circle", PictureOf(new NamedCircle()));
        Assert.Equal("circle", PictureOf(new Circle()));
        Assert.Equal("shape", PictureOf(new Shape()));
        Assert.Equal("object", PictureOf("text"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interface_goes_before_those_it_extends_and_before_the_base_class(bool reversed)
    {
        List<Action> registrations =
            [() => Register<IShape>("any shape"), () => Register<Shape>("shape"), () => Register<IRound>("round")];
        if (reversed)
            registrations.Reverse();
        registrations.ForEach(register => register());
        Assert.Equal("round", PictureOf(new NamedCircle()));
    }

    [Fact]
    public void An_interface_of_the_class_itself_goes_before_one_of_its_base()
    {
        Register<IRound>("round");
        Register<INamed>("named");
        Assert.Equal("named", PictureOf(new NamedCircle()));
    }

    [Fact]
    public void Of_unrelated_interfaces_the_first_registered_wins()
    {
        Register<IComparable>("comparable");
        Register<IConvertible>("convertible");
        Assert.Equal("comparable", PictureOf(1.5));
    }

    [Fact]
    public void The_same_pair_twice_is_refused_and_the_first_stays()
    {
        Register<string>("first");
        var refused = Assert.Throws<InvalidOperationException>(() => Register<string>("second"));
        Assert.Contains("System.String", refused.Message, StringComparison.Ordinal);
        Assert.Equal("first", PictureOf("text"));
    }

    [Fact]
    public void Nulls_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => _registry.Adapt<Picture>(null!));
        Assert.Throws<ArgumentNullException>(() => _registry.Register<int, int>(null!));
    }
}

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints what `switch` over types and records' methods come to, so that it can be compared before
/// and after PlainCalls has replaced them.
final class Calls {
  private Calls() {}

  sealed interface Shape permits Circle, Square, Mark {}

  record Circle(double radius) implements Shape {}

  record Square(int side, Shape inside) implements Shape {}

  enum Mark implements Shape {
    DOT,
    LINE
  }

  record Empty() {}

  record All(
      boolean a, byte b, char c, short d, int e, long f, float g, double h, int[] i, String j) {}

  interface Named {
    Object named();

    default String kind() {
      return switch (named()) {
        case null -> "nothing";
        case String text when text.isEmpty() -> "no text";
        case String text when text.length() > 3 -> "long " + text;
        case CharSequence text -> "text " + text;
        case Integer number when number > 3 -> "large " + number;
        case Number number -> "number " + number;
        case int[] numbers -> "numbers " + numbers.length;
        case Object[] objects -> "objects " + objects.length;
        default -> "something";
      };
    }
  }

  private static String told(Shape shape) {
    return switch (shape) {
      case Circle(var radius) when radius < 0 -> "no circle";
      case Circle circle -> "circle " + circle.radius();
      case Square(var side, Circle(var radius)) -> "square " + side + " with circle " + radius;
      case Square(var side, Square inside) when side < inside.side() -> "too large inside";
      case Square(var side, var inside) -> "square " + side + " with " + inside;
      case Mark.DOT -> "dot";
      case Mark mark -> mark.name().toLowerCase(Locale.ROOT);
    };
  }

  /// How often a label that doesn't fit is left for the next one.
  private static int counted(Object value) {
    var tried = new ArrayList<Object>();
    return switch (value) {
      case Object object when !tried.add(object) -> 0;
      case Object object when tried.add(object) && tried.size() > 5 -> 1;
      case String text when tried.add(text) && tried.size() > 5 -> 2;
      default -> tried.size();
    };
  }

  public static void main(String[] arguments) {
    List<Object> values = new ArrayList<>();
    values.add(null);
    values.addAll(List.of("", "ab", "abcd", new StringBuilder("b"), 1, 4, 1L, new int[2]));
    values.addAll(List.of(new String[3], 'x', List.of()));
    for (Object value : values) {
      Named named = () -> value;
      print(named.kind());
      print(value == null ? "null" : counted(value));
    }
    Circle circle = new Circle(1);
    Square square = new Square(2, circle);
    List<Shape> shapes =
        List.of(
            circle,
            new Circle(-1),
            square,
            new Square(1, square),
            new Square(3, square),
            new Square(4, Mark.DOT),
            new Square(5, null),
            Mark.DOT,
            Mark.LINE);
    shapes.forEach(shape -> print(told(shape)));
    try {
      print(told(null));
    } catch (NullPointerException e) {
      print("null is no shape");
    }
    int[] same = {1};
    List<Record> records =
        List.of(
            new Empty(),
            new Empty(),
            new Circle(0.0),
            new Circle(-0.0),
            new Circle(Double.NaN),
            new Circle(Double.longBitsToDouble(0x7ff8000000000001L)),
            new Square(2, null),
            square,
            new Square(2, new Circle(1)),
            all(same, "j", 0f),
            all(same, "j", 0f),
            all(same, null, 0f),
            all(same, "j", -0f),
            all(same, "j", Float.NaN));
    for (Record one : records) {
      print(one instanceof All ? "" : one);
      print(one instanceof All ? one.hashCode() - same.hashCode() * 31 : one.hashCode());
      print(one.equals(null) || one.equals("text"));
      records.forEach(other -> print(one.equals(other)));
    }
  }

  private static All all(int[] i, String j, float g) {
    return new All(true, (byte) -2, 'c', (short) -4, 5, 1L << 40, g, 8.5, i, j);
  }

  private static void print(Object value) {
    System.out.println(value);
  }
}

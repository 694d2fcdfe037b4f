import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Replaces calls that Java links at run time by plain ones that do the same: `switch` over types,
/// and `equals` and `hashCode` of records. For each of these Java makes classes when it comes there
/// first, which no AOT cache keeps; and the first compiler doesn't see through them.
final class PlainCalls {
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc EQUALS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
  private static final MethodTypeDesc HASH =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object);

  private final ClassDesc owner;
  private final boolean isInterface;
  private final List<Made> made = new ArrayList<>();

  /// A method that takes the place of a call.
  private record Made(String name, MethodTypeDesc type, Consumer<CodeBuilder> code) {}

  private PlainCalls(ClassModel model) {
    this.owner = model.thisClass().asSymbol();
    this.isInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  /// The class with such calls replaced; the very same bytes where it has none.
  static byte[] in(byte[] bytes, ClassFile format) {
    ClassModel model = format.parse(bytes);
    if (model.methods().stream().noneMatch(PlainCalls::isConcerned)) {
      return bytes;
    }
    var calls = new PlainCalls(model);
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies(PlainCalls::isConcerned, calls::replace)
            .andThen(ClassTransform.endHandler(calls::add)));
  }

  private static boolean isConcerned(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(
            element -> element instanceof InvokeDynamicInstruction call && plain(call) != null);
  }

  private void add(ClassBuilder builder) {
    for (Made method : made) {
      builder.withMethodBody(
          method.name(),
          method.type(),
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          method.code());
    }
  }

  private void replace(CodeBuilder code, CodeElement element) {
    Consumer<CodeBuilder> plain =
        element instanceof InvokeDynamicInstruction call ? plain(call) : null;
    if (plain == null) {
      code.with(element);
      return;
    }
    var call = (InvokeDynamicInstruction) element;
    String name = "plain$" + made.size();
    made.add(new Made(name, call.typeSymbol(), plain));
    code.invokestatic(owner, name, call.typeSymbol(), isInterface);
  }

  /// What does the same as a call; null for calls that stay.
  private static Consumer<CodeBuilder> plain(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    if (bootstrap.owner().equals(SWITCHES) && bootstrap.methodName().equals("typeSwitch")) {
      List<ClassDesc> labels =
          call.bootstrapArgs().stream()
              .filter(ClassDesc.class::isInstance)
              .map(ClassDesc.class::cast)
              .toList();
      boolean onlyTypes =
          labels.size() == call.bootstrapArgs().size()
              && labels.stream().noneMatch(ClassDesc::isPrimitive)
              && !call.typeSymbol().parameterType(0).isPrimitive();
      return onlyTypes ? code -> typeSwitch(code, labels) : null;
    }
    if (bootstrap.owner().equals(RECORDS)) {
      var record = (ClassDesc) call.bootstrapArgs().getFirst();
      List<DirectMethodHandleDesc> fields =
          call.bootstrapArgs().stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
      return switch (call.name().stringValue()) {
        case "equals" -> code -> equals(code, record, fields);
        case "hashCode" -> code -> hashCode(code, record, fields);
        default -> null;
      };
    }
    return null;
  }

  /// `SwitchBootstraps.typeSwitch`: -1 for null, else the first label from the given one on that
  /// fits, else the number of labels.
  private static void typeSwitch(CodeBuilder code, List<ClassDesc> labels) {
    Label there = code.newLabel();
    code.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf(labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  /// A record equals another of its class whose components are equal, floating-point numbers by
  /// their `compare`.
  private static void equals(
      CodeBuilder code, ClassDesc record, List<DirectMethodHandleDesc> fields) {
    Label other = code.newLabel();
    Label differs = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
    code.aload(1).instanceOf(record).ifeq(differs);
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = type(field);
      code.aload(0).getfield(record, field.methodName(), type);
      code.aload(1).checkcast(record).getfield(record, field.methodName(), type);
      switch (TypeKind.from(type)) {
        case REFERENCE -> code.invokestatic(OBJECTS, "equals", EQUALS).ifeq(differs);
        case LONG -> code.lcmp().ifne(differs);
        case FLOAT, DOUBLE ->
            code.invokestatic(box(type), "compare", comparing(type)).ifne(differs);
        default -> code.if_icmpne(differs);
      }
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  /// 31 times what came before, and the component's own, beginning with 0.
  private static void hashCode(
      CodeBuilder code, ClassDesc record, List<DirectMethodHandleDesc> fields) {
    code.iconst_0();
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = type(field);
      code.loadConstant(31).imul().aload(0).getfield(record, field.methodName(), type);
      if (type.isPrimitive()) {
        code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", HASH);
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static ClassDesc type(DirectMethodHandleDesc field) {
    return field.invocationType().returnType();
  }

  private static MethodTypeDesc comparing(ClassDesc type) {
    return MethodTypeDesc.of(ConstantDescs.CD_int, type, type);
  }

  private static ClassDesc box(ClassDesc primitive) {
    return Objects.requireNonNull(
        switch (TypeKind.from(primitive)) {
          case BOOLEAN -> ConstantDescs.CD_Boolean;
          case BYTE -> ConstantDescs.CD_Byte;
          case CHAR -> ConstantDescs.CD_Character;
          case SHORT -> ConstantDescs.CD_Short;
          case INT -> ConstantDescs.CD_Integer;
          case LONG -> ConstantDescs.CD_Long;
          case FLOAT -> ConstantDescs.CD_Float;
          case DOUBLE -> ConstantDescs.CD_Double;
          default -> null;
        });
  }
}

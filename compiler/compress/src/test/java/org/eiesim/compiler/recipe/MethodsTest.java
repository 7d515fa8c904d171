package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Objective;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.Transformation;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.parameter.Settings;
import org.junit.jupiter.api.Test;

class MethodsTest {
    @Test
    void everyKindHasAMethodAndNamesAreUnique() {
        List<Method.Description> all =
                Methods.all().stream().map(Method::description).toList();

        assertThat(all).extracting(Method.Description::name).doesNotHaveDuplicates();
        assertThat(all).extracting(Method.Description::kind).contains(MethodKind.values());
        for (Method method : Methods.all()) {
            assertThat(Methods.named(method.description().name())).isSameAs(method);
            assertThat(method.description().kind()).isEqualTo(kindOf(method));
        }
    }

    private static MethodKind kindOf(Method method) {
        if (method instanceof Parametrization) {
            return MethodKind.PARAMETRIZATION;
        }
        if (method instanceof Transformation) {
            return MethodKind.TRANSFORMATION;
        }
        if (method instanceof Objective) {
            return MethodKind.OBJECTIVE;
        }
        return method instanceof Search ? MethodKind.SEARCH : MethodKind.TRAINING;
    }

    @Test
    void everyDefaultIsAValueThatIsTaken() {
        for (Method method : Methods.all()) {
            for (Parameter<?> parameter : method.description().parameters().parameters()) {
                if (parameter.defaultValue() != null) {
                    assertThat((Object) parameter.parse(parameter.defaultText()))
                            .isEqualTo(parameter.defaultValue());
                }
                parameter
                        .alternatives()
                        .forEach(other -> assertThat(method.description()
                                        .parameters()
                                        .byKey(other)
                                        .alternatives())
                                .contains(parameter.key()));
            }
        }
    }

    @Test
    void theDocumentationNamesEveryMethodAndParameter() {
        String text = Methods.toMarkdown();

        for (Method method : Methods.all()) {
            assertThat(text).contains("### " + method.description().name() + "\n");
            method.description()
                    .parameters()
                    .keys()
                    .forEach(key -> assertThat(text).contains("`" + key + "` "));
        }
        assertThat(text)
                .contains("| `entries` | layer | integer | 16 | 2..256 | Entries of the codebook, entry 0 = 0"
                        + " included. |")
                .contains("| `learning-rate` | step | decimal | 0.001 | above 0 | Initial learning rate. |")
                .contains("with the defaults `epochs` 10, `batch-size` 64, `optimizer` adam, `learning-rate` 0.0001,");
    }

    @Test
    void unknownNamesAndValuesOutOfRangeSayWhatIsKnown() {
        assertThatThrownBy(() -> Methods.named("magnitud-prune"))
                .hasMessage("unknown method \"magnitud-prune\", did you mean magnitude-prune?");
        ParameterTable prune = Methods.named("magnitude-prune").description().parameters();
        assertThatThrownBy(() -> prune.byKey("densty"))
                .hasMessage("unknown parameter \"densty\" of method magnitude-prune, did you mean density?");
        assertThatThrownBy(() -> prune.byKey("density").parse(1.5)).hasMessage("density takes a number, 0..1, not 1.5");
        assertThatThrownBy(() -> prune.byKey("epochs").parse(1.5))
                .hasMessage("epochs takes a whole number, 0..100000, not 1.5");
        assertThatThrownBy(() -> prune.byKey("optimizer").parse("adm"))
                .hasMessage("optimizer takes one of sgd, momentum, adam, not \"adm\"; did you mean adam?");
        assertThatThrownBy(() -> prune.byKey("adjust-dropout").parse("maybe"))
                .hasMessage("adjust-dropout takes true or false, not \"maybe\"");
        assertThatThrownBy(() -> prune.byKey("density").parse(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void aValueTakesBackItsAlternatives() {
        ParameterTable prune = Methods.named("magnitude-prune").description().parameters();
        Settings density = Settings.defaults(prune).with(Map.of("density", 0.5));

        Settings threshold = density.with(Map.of("threshold", 1.5));

        assertThat(threshold.has(MagnitudePrune.DENSITY)).isFalse();
        assertThat(threshold.get(MagnitudePrune.THRESHOLD)).isEqualTo(1.5);
        assertThatThrownBy(() -> density.with(Map.of("density", 0.5, "threshold", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> Settings.defaults(prune).get(MagnitudePrune.DENSITY))
                .hasMessage("method magnitude-prune needs density or threshold or global-density");
    }
}

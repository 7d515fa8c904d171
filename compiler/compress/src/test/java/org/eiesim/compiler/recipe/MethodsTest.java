package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Objective;
import org.eiesim.compiler.compress.ParameterSpec;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.Settings;
import org.eiesim.compiler.compress.Transformation;
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
            for (ParameterSpec parameter : method.description().parameters()) {
                if (parameter.defaultValue() != null) {
                    assertThat(parameter.check(parameter.defaultValue())).isEqualTo(parameter.defaultValue());
                }
                parameter
                        .alternatives()
                        .forEach(other -> assertThat(
                                        method.description().parameter(other).alternatives())
                                .contains(parameter.name()));
            }
        }
    }

    @Test
    void theDocumentationNamesEveryMethodAndParameter() {
        String text = Methods.toMarkdown();

        for (Method method : Methods.all()) {
            assertThat(text).contains("### " + method.description().name() + "\n");
            method.description().parameters().forEach(p -> assertThat(text).contains("`" + p.name() + "` "));
        }
        assertThat(text)
                .contains("| `entries` | layer | integer | 16 | 2 to 256 | Entries of the codebook, entry 0 = 0"
                        + " included. |")
                .contains("| `learning-rate` | step | number | 0.001 | above 0 | Initial learning rate. |")
                .contains("with the defaults `epochs` 10, `batch-size` 64, `optimizer` adam, `learning-rate` 0.0001,");
    }

    @Test
    void unknownNamesAndValuesOutOfRangeSayWhatIsKnown() {
        assertThatThrownBy(() -> Methods.named("magnitud-prune"))
                .hasMessage("unknown method \"magnitud-prune\", did you mean magnitude-prune?");
        Method.Description prune = Methods.named("magnitude-prune").description();
        assertThatThrownBy(() -> prune.parameter("densty"))
                .hasMessage("method magnitude-prune has no parameter \"densty\", did you mean density?");
        assertThatThrownBy(() -> prune.parameter("density").check(1.5))
                .hasMessage("density takes a number, 0 to 1, not 1.5");
        assertThatThrownBy(() -> prune.parameter("epochs").check(1.5))
                .hasMessage("epochs takes a whole number, 0 to 100000, not 1.5");
        assertThatThrownBy(() -> prune.parameter("optimizer").check("adm"))
                .hasMessage("unknown optimizer \"adm\", did you mean adam?");
        assertThatThrownBy(() -> prune.parameter("adjust-dropout").check("maybe"))
                .hasMessage("adjust-dropout takes true or false, not maybe");
        assertThatThrownBy(() -> prune.parameter("density").check(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void aValueTakesBackItsAlternatives() {
        Method.Description prune = Methods.named("magnitude-prune").description();
        Settings density = Settings.defaults(prune).with(Map.of("density", 0.5));

        Settings threshold = density.with(Map.of("threshold", 1.5));

        assertThat(threshold.has("density")).isFalse();
        assertThat(threshold.number("threshold")).isEqualTo(1.5);
        assertThatThrownBy(() -> density.with(Map.of("density", 0.5, "threshold", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> Settings.defaults(prune).number("density"))
                .hasMessage("method magnitude-prune needs density or threshold or global-density");
    }
}

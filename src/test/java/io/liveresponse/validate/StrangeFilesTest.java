package io.liveresponse.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is an answer and no crash. */
class StrangeFilesTest {

    private static final RouteValidator VALIDATOR = new RouteValidator();

    @ParameterizedTest
    @ValueSource(strings = {
            "", "\n", "---\n", "null\n", "text\n", "42\n", "{}\n", "route:\n", "- route:\n", "- route: []\n", "- route: text\n",
            "- 1\n- [1, [2]]\n",
            "- route:\n    from:\n", "- route:\n    from: direct:x\n", "- from:\n    uri: timer:x\n    steps:\n",
            "- from:\n    uri: timer:x\n    steps:\n      -\n      - \n      - to:\n      - to: {}\n      - choice:\n          when:\n            -\n",
            "- route: &a\n    from: *a\n", "- &a [*a]\n", "? {a: b}\n: c\n", "- route:\n    1: 2\n    1.5: .nan\n    true: ~\n",
            "- route:\n    id: \u0000\n", "- route: \"\\ud800\"\n", "%YAML 9.9\n---\n- a\n", "- !!java/object:java.lang.Object {}\n",
            "- \"\n", "\t- route\n",
            "- route:\n    from:\n      uri: \"?\"\n      parameters: 5\n      steps:\n        - to: \":\"\n        - to: \"{{\"\n        - toD: ${\n",
            "- route:\n    from:\n      uri: direct:{{x\n      steps:\n        - to: https://%zz?a=%zz&=&&b\n        - log: ${bean:}\n",
            "- routeConfiguration:\n    onException:\n      onException: 5\n", "- beans:\n    - name: a\n    - 5\n",
            "- route:\n    id: x\n    from: {uri: 'sql:select 1?x'}\n"})
    void isFoundAtFaultAndNothingIsThrown(String text) {
        List<Finding> findings = VALIDATOR.validate(List.of(new RouteSource("strange.yaml", text)), Optional.empty());

        assertThat(findings).isNotEmpty().allSatisfy(finding -> assertThat(finding.line()).isPositive());
    }
}

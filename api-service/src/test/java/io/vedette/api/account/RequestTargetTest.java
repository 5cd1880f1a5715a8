package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//2020-11-20/projects",
                "/2020-11-20//projects",
                "/2020-11-20/projects/",
                "/2020-11-20/./projects",
                "/2020-11-20/projects/..",
                "/2020-11-20/projects/%2e%2E",
                "/2020-11-20/projects/%2e./a",
                "/2020-11-20/projects/a%00",
                "/2020-11-20/projects/a%0d%0aX",
                "/2020-11-20/projects/a%7F",
                "/2020-11-20/projects/%",
                "/2020-11-20/projects/%2",
                "/2020-11-20/projects/%zz",
                "/2020-11-20/projects/a;b=c",
                "/2020-11-20/projects/a\\b",
                "/2020-11-20/projects/a b",
                "/2020-11-20/projects/ä",
                "/q/health",
            })
    void aPathThatCouldBeReadInTwoWaysIsNone(String path) {
        assertThat(RequestTarget.isOfApi(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROJECTS, PROJECTS + "/a", PROJECTS + "/a%2Fb", PROJECTS + "/...", PROJECTS + "/a.b:c@d+e"})
    void aPathThatIsPlainIsTaken(String path) {
        assertThat(RequestTarget.isOfApi(path)).isTrue();
    }

    @Test
    void noLengthIsTooLong() {
        String text = "a%2F".repeat(100_000);
        assertThat(RequestTarget.isOfApi(PROJECTS + "/" + text)).isTrue();
        assertThat(RequestTarget.isOfApi(PROJECTS + "/a".repeat(100_000))).isTrue();
        assertThat(RequestTarget.isQuery("k=" + text)).isTrue();
        assertThat(RequestTarget.isQuery("k=" + text + "%")).isFalse();
    }
}

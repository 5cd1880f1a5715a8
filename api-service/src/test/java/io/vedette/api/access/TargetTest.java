package io.vedette.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.ServiceException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    private static final Path MODEL = Path.of("../deploy/clients/botocore/lookoutvision/2020-11-20/service-2.json");

    @Test
    void everyOperationOfTheServicesModelIsFoundAtItsPlace() throws Exception {
        JsonNode operations = new ObjectMapper().readTree(MODEL.toFile()).get("operations");
        operations.forEach(operation -> {
            JsonNode http = operation.get("http");
            String path = http.get("requestUri").textValue().replaceAll("\\{[^}]*}", "x");
            Target target = Target.of(http.get("method").textValue(), path);
            assertThat(target.name()).isEqualTo(operation.get("name").textValue());
            assertThat(target.action()).isEqualTo("lookoutvision:" + target.name());
        });
        assertThat(Arrays.stream(Operation.values())
                        .filter(it -> it.path().get(0).equals("2020-11-20")))
                .hasSize(operations.size())
                .hasSize(22);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /2020-11-20/projects",
        "GET, /2020-11-20/project",
        "GET, /2020-11-20/%70rojects",
        "GET, /2020-11-20/projects/p/datasets",
        "POST, /2020-11-20/projects/p/models/1/restart",
    })
    void whatIsNotListedIsNoOperation(String method, String path) {
        assertThatThrownBy(() -> Target.of(method, path))
                .isInstanceOfSatisfying(
                        ServiceException.class, it -> assertThat(it.error()).isEqualTo(AwsError.UNKNOWN_OPERATION));
    }

    @Test
    void anExtensionThatIsNotListedIsForAdministrators() {
        Target target = Target.of("POST", "/vedette/v1/anything/else");
        assertThat(target.action()).isEqualTo("vedette:Extension");
        assertThat(target.isReadOnly()).isFalse();
        assertThat(Target.of("GET", "/vedette/v1/anything").isReadOnly()).isTrue();
    }

    @Test
    void labelsAreDecodedOnce() {
        String arn = "arn%3Aaws%3Alookoutvision%3Aus-east-1%3A000000000001%3Amodel%2Fp%2F1";
        assertThat(Target.of("POST", "/2020-11-20/tags/" + arn).labels())
                .isEqualTo(Map.of("resourceArn", "arn:aws:lookoutvision:us-east-1:000000000001:model/p/1"));
        assertThat(Target.of("GET", "/2020-11-20/tags/arn:aws:x:model/p/1").label("resourceArn"))
                .isEqualTo("arn:aws:x:model/p/1");
        assertThat(Target.of("GET", "/2020-11-20/projects/a%2525+b").label("projectName"))
                .isEqualTo("a%25+b");
        assertThatThrownBy(() -> Target.of("GET", "/2020-11-20/projects/p%2Fdatasets%2Ftrain"))
                .hasMessageContaining("projectName");
    }
}

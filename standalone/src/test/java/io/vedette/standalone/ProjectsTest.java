package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.CreateProjectResponse;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ProjectDescription;
import software.amazon.awssdk.services.lookoutvision.model.ProjectMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

@StackTest
class ProjectsTest {
    private static final String ARN = "arn:aws:lookoutvision:us-east-1:000000000001:project/";

    @Test
    @Tag("LV-001")
    @Tag("LV-017")
    @Tag("LV-039")
    @Tag("LV-040")
    void aNewProjectHasItsNameArnAndTime(Customer customer) {
        CreateProjectResponse answer = create(customer, customer.project());
        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(200);
        assertThat(UUID.fromString(answer.responseMetadata().requestId())).isNotNull();
        ProjectMetadata project = answer.projectMetadata();
        assertThat(project.projectName()).isEqualTo(customer.project());
        assertThat(project.projectArn()).isEqualTo(ARN + customer.project());
        assertThat(Duration.between(project.creationTimestamp(), Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    @Tag("LV-024")
    @Tag("LV-025")
    void theSameTokenMakesOneProject(Customer customer) {
        String token = UUID.randomUUID().toString();
        ProjectMetadata first = create(customer, customer.project(), token).projectMetadata();
        assertThat(create(customer, customer.project(), token).projectMetadata())
                .isEqualTo(first);
        assertConflict(customer, customer.project() + "-other", token);
    }

    @Test
    @Tag("LV-041")
    @Tag("LV-011")
    void aNameIsTakenOnce(Customer customer) {
        create(customer, customer.project());
        assertConflict(customer, customer.project(), UUID.randomUUID().toString());
    }

    @Test
    @Tag("LV-042")
    void aNameBeginsWithALetterOrDigit(Customer customer) {
        for (String name : List.of("-a", "_a", "", "a b", "a.b", "a/b", "ä")) {
            refused(() -> create(customer, name));
        }
    }

    @Test
    @Tag("LV-043")
    @Tag("LV-044")
    void aNameHasOneTo255Characters(Customer customer) {
        String longest = (customer.project() + "x".repeat(255)).substring(0, 255);
        assertThat(create(customer, longest).projectMetadata().projectArn()).isEqualTo(ARN + longest);
        refused(() -> create(customer, longest + "x"));
        refused(() -> customer.vision().createProject(request -> {}));
    }

    @Test
    @Tag("LV-035")
    void aTokenHasOneTo64LettersDigitsOrHyphens(Customer customer) {
        for (String token : List.of("a_b", "a.b", "x".repeat(65))) {
            refused(() -> create(customer, customer.project(), token));
        }
    }

    @Test
    @Tag("LV-045")
    void namesAreTakenLetterByLetter(Customer customer) {
        create(customer, customer.project());
        create(customer, customer.project().toUpperCase(Locale.ROOT));
        assertThat(describe(customer, customer.project()).projectName()).isEqualTo(customer.project());
    }

    @Test
    @Tag("LV-046")
    void aNewProjectHasNoDataSets(Customer customer) {
        create(customer, customer.project());
        ProjectDescription fresh = describe(customer, customer.project());
        assertThat(fresh.hasDatasets()).isTrue();
        assertThat(fresh.datasets()).isEmpty();
    }

    @Test
    @Tag("LV-048")
    @Tag("LV-012")
    void aProjectThatIsNotThereIsNotFound(Customer customer) {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> describe(customer, customer.project()))
                .satisfies(missing -> {
                    assertThat(missing.resourceType()).isEqualTo(ResourceType.PROJECT);
                    assertThat(missing.resourceId()).isEqualTo(customer.project());
                });
    }

    @Test
    @Tag("LV-052")
    @Tag("LV-054")
    void projectsAreListedByPagesAsSoonAsTheyAreThere(Customer customer) {
        String[] mine = Stream.of("c", "a", "b")
                .map(suffix -> customer.project() + "-" + suffix)
                .toArray(String[]::new);
        for (String name : mine) {
            create(customer, name);
        }
        assertThat(customer.vision()
                        .listProjectsPaginator(request -> request.maxResults(2))
                        .projects())
                .extracting(ProjectMetadata::projectName)
                .doesNotHaveDuplicates()
                .isSorted()
                .contains(mine);
    }

    @Test
    @Tag("LV-051")
    @Tag("LV-053")
    void pagesThatCannotBeAreRefused(Customer customer) {
        refused(() -> customer.vision().listProjects(request -> request.maxResults(0)));
        refused(() -> customer.vision().listProjects(request -> request.maxResults(101)));
        refused(() -> customer.vision().listProjects(request -> request.nextToken("garbage")));
    }

    @Test
    @Tag("LV-003")
    @Tag("LV-009")
    void aWrongSecretIsForbidden(Customer customer) {
        try (LookoutVisionClient stranger = LookoutVisionClient.builder()
                .endpointOverride(customer.vision()
                        .serviceClientConfiguration()
                        .endpointOverride()
                        .orElseThrow())
                .region(customer.vision().serviceClientConfiguration().region())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIANOBODY", "x")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            LookoutVisionException forbidden =
                    catchThrowableOfType(LookoutVisionException.class, () -> stranger.listProjects(request -> {}));
            assertThat(forbidden.statusCode()).isEqualTo(403);
            assertThat(forbidden.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
            assertThat(forbidden.awsErrorDetails().errorMessage()).isNotBlank();
        }
    }

    private static CreateProjectResponse create(Customer customer, String name) {
        return customer.vision().createProject(request -> request.projectName(name));
    }

    private static CreateProjectResponse create(Customer customer, String name, String token) {
        return customer.vision()
                .createProject(request -> request.projectName(name).clientToken(token));
    }

    private static ProjectDescription describe(Customer customer, String name) {
        return customer.vision()
                .describeProject(request -> request.projectName(name))
                .projectDescription();
    }

    private static void assertConflict(Customer customer, String name, String token) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> create(customer, name, token))
                .satisfies(conflict -> {
                    assertThat(conflict.resourceType()).isEqualTo(ResourceType.PROJECT);
                    assertThat(conflict.resourceId()).isEqualTo(name);
                });
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
    }
}

package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ProjectMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.lookoutvision.model.Tag;
import software.amazon.awssdk.services.lookoutvision.model.TagResourceResponse;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** Tags of models. The tests that change them share one model and use keys of their own. */
@StackTest
class TagsTest {
    @Test
    @org.junit.jupiter.api.Tag("LV-130")
    @org.junit.jupiter.api.Tag("LV-131")
    @org.junit.jupiter.api.Tag("LV-204")
    void aModelHasTheTagsItWasMadeWith(Customer customer, TrainedModels trained) {
        assertThat(tags(customer, arn(trained))).contains(tag("empty", ""), tag("team", "blue"));
        ListTagsForResourceResponse none = customer.vision()
                .listTagsForResource(request ->
                        request.resourceArn(trained.separate().asked().modelArn()));
        assertThat(none.hasTags()).isTrue();
        assertThat(none.tags()).isEmpty();
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-008")
    @org.junit.jupiter.api.Tag("LV-203")
    @org.junit.jupiter.api.Tag("LV-205")
    void aKeyHasTheValueItWasGivenLast(Customer customer, TrainedModels trained) {
        var answer = put(customer, arn(trained), tag("stage", "trial"), tag("line", "4"));
        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(200);
        put(customer, arn(trained), tag("stage", "production"));
        assertThat(tags(customer, arn(trained))).contains(tag("stage", "production"), tag("line", "4"));
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-206")
    void severalKeysAreRemovedAtOnceAndUnknownOnesIgnored(Customer customer, TrainedModels trained) {
        put(customer, arn(trained), tag("one", "1"), tag("two", "2"), tag("three", "3"));
        customer.vision()
                .untagResource(request -> request.resourceArn(arn(trained)).tagKeys("one", "two", "never-there"));
        assertThat(tags(customer, arn(trained)))
                .contains(tag("three", "3"))
                .doesNotContain(tag("one", "1"), tag("two", "2"));
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-207")
    void onlyModelsHaveTags(Customer customer) {
        ProjectMetadata project = new Workshop(customer, customer.project()).createProject();
        for (String arn : List.of(
                project.projectArn(),
                "rubbish",
                "arn:aws:lookoutvision:us-east-1:000000000002:model/x/1",
                "arn:aws:lookoutvision:eu-west-1:000000000001:model/x/1",
                project.projectArn().replace(":project/", ":model/") + "/latest")) {
            refused(() -> tags(customer, arn));
            refused(() -> put(customer, arn, tag("a", "b")));
            refused(() -> customer.vision()
                    .untagResource(request -> request.resourceArn(arn).tagKeys("a")));
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-208")
    void aModelThatIsNotThereIsNotFound(Customer customer, TrainedModels trained) {
        for (String arn : List.of(
                arn(trained).replaceFirst("/1$", "/99"),
                "arn:aws:lookoutvision:us-east-1:000000000001:model/no-such-project/1")) {
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(() -> tags(customer, arn))
                    .satisfies(missing -> assertThat(missing.resourceType()).isEqualTo(ResourceType.MODEL));
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-209")
    @org.junit.jupiter.api.Tag("LV-210")
    void keysAndValuesHaveTheirLettersAndLengths(Customer customer, TrainedModels trained) {
        Tag longest = tag("k".repeat(128), "v".repeat(256));
        Tag unicode = tag("größe ä_.:/=+-@1", "Ωμέγα 日本");
        put(customer, arn(trained), longest, unicode);
        assertThat(tags(customer, arn(trained))).contains(longest, unicode);
        for (Tag bad : List.of(
                tag("k".repeat(129), "v"),
                tag("k", "v".repeat(257)),
                tag("wow!", "v"),
                tag("k", "wow!"),
                tag("", "v"),
                tag("aws:reserved", "v"),
                Tag.builder().key("k").build(),
                Tag.builder().value("v").build())) {
            refused(() -> put(customer, arn(trained), bad));
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-211")
    void aModelHasAtMostTwoHundredTags(Customer customer, TrainedModels trained) {
        String arn = trained.separate().asked().modelArn();
        refused(() -> customer.vision()
                .tagResource(request -> request.resourceArn(arn).tags(numbered(0, 201))));
        customer.vision().tagResource(request -> request.resourceArn(arn).tags(numbered(0, 200)));
        assertThatExceptionOfType(ServiceQuotaExceededException.class)
                .isThrownBy(() -> put(customer, arn, tag("one-more", "x")));
        assertThat(tags(customer, arn)).hasSize(200);
        customer.vision()
                .untagResource(request -> request.resourceArn(arn)
                        .tagKeys(numbered(0, 200).stream().map(Tag::key).toList()));
        assertThat(tags(customer, arn)).isEmpty();
    }

    @Test
    @org.junit.jupiter.api.Tag("LV-232")
    void aModelIsFoundByItsTagAmongAllProjects(Customer customer, TrainedModels trained) {
        // AWS's find_tag sample: every project, every model of it, the tags of each
        List<String> found = new ArrayList<>();
        for (ProjectMetadata project :
                customer.vision().listProjectsPaginator(request -> {}).projects()) {
            for (ModelMetadata model : customer.vision()
                    .listModelsPaginator(request -> request.projectName(project.projectName()))
                    .models()) {
                if (model.statusAsString().equals("TRAINED")
                        && tags(customer, model.modelArn()).contains(tag("team", "blue"))) {
                    found.add(model.modelArn());
                }
            }
        }
        assertThat(found).containsExactly(arn(trained));
    }

    private static String arn(TrainedModels trained) {
        return trained.single().asked().modelArn();
    }

    private static List<Tag> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> tag("key-" + number, "x"))
                .toList();
    }

    private static TagResourceResponse put(Customer customer, String arn, Tag... tags) {
        return customer.vision().tagResource(request -> request.resourceArn(arn).tags(tags));
    }

    private static List<Tag> tags(Customer customer, String arn) {
        return customer.vision()
                .listTagsForResource(request -> request.resourceArn(arn))
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
    }
}

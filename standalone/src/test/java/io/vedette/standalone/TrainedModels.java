package io.vedette.standalone;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.Tag;

/**
 * Two models that are trained once for all tests, because trainings are dear; tests leave them as they are.
 *
 * @param single of one data set with 20 normal, 10 anomalous and 2 unlabelled images, with all that CreateModel takes
 * @param separate of 10 normal images, tested on 10 normal and 10 anomalous ones, with as little as CreateModel takes
 */
record TrainedModels(Trained single, Trained separate) {
    static final String PREFIX = "k_fold_";
    static final String KMS_KEY = "arn:aws:kms:us-east-1:000000000001:key/of-the-customer";

    /**
     * @param lines of all data sets
     * @param asked CreateModel's answer
     * @param inTraining as the model was described while it was in training
     */
    record Trained(
            Workshop workshop,
            List<String> lines,
            ModelMetadata asked,
            ModelDescription inTraining,
            ModelDescription model) {}

    static TrainedModels train(Customer forSingle, Customer forSeparate) {
        Workshop single = Workshop.open(forSingle);
        List<String> lines = new ArrayList<>(single.photographs("images", 20, 10));
        lines.add(Lines.of(single.address("nowhere/1.png"), "scratch"));
        lines.add(Lines.unlabelled(single.address("nowhere/2.png")));
        single.dataset("train", lines);
        ModelMetadata askedSingle = single.askForModel(request -> request.description("first-try_1.0")
                .kmsKeyId(KMS_KEY)
                .outputConfig(output -> output.s3Location(
                        location -> location.bucket(single.bucket()).prefix(PREFIX)))
                .tags(tag("team", "blue"), tag("empty", "")));
        ModelDescription inTraining = single.model("1");

        Workshop separate = Workshop.open(forSeparate);
        List<String> train = separate.photographs("train", 10, 0);
        List<String> test = separate.photographs("test", 10, 10);
        separate.dataset("train", train);
        separate.dataset("test", test);
        ModelMetadata askedSeparate = separate.askForModel(request -> request.tags(List.of()));
        ModelDescription alsoInTraining = separate.model("1");
        return new TrainedModels(
                new Trained(single, lines, askedSingle, inTraining, single.trained("1")),
                new Trained(separate, both(train, test), askedSeparate, alsoInTraining, separate.trained("1")));
    }

    private static List<String> both(List<String> train, List<String> test) {
        List<String> all = new ArrayList<>(train);
        all.addAll(test);
        return all;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

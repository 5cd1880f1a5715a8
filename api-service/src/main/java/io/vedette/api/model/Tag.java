package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Shape;
import io.vedette.persistence.NewModel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A tag on the wire (specification §1.7). */
record Tag(String key, String value) {
    /** The most of a call, and of a model. */
    static final int MOST = 200;

    /**
     * The tags themselves.
     *
     * @throws io.vedette.api.aws.ServiceException VALIDATION naming the one that is none
     */
    static List<Tag> checked(List<Tag> tags) {
        if (tags.size() > MOST) {
            throw AwsError.VALIDATION.because("Tags must be at most " + MOST + ".");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < tags.size(); i++) {
            String member = "Tags[" + i + "]";
            if (tags.get(i) == null) {
                throw AwsError.VALIDATION.because(member + " is required.");
            }
            String key = Shape.TAG_KEY.required(tags.get(i).key(), member + ".Key");
            Shape.TAG_VALUE.required(tags.get(i).value(), member + ".Value");
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw AwsError.VALIDATION.because(member + ".Key must not begin with aws: that prefix is reserved.");
            }
            if (!keys.add(key)) {
                throw AwsError.VALIDATION.because(member + ".Key is there twice: " + key + ".");
            }
        }
        return tags;
    }

    static List<NewModel.Tag> stored(List<Tag> tags) {
        return tags.stream()
                .map(tag -> new NewModel.Tag(tag.key(), tag.value()))
                .toList();
    }
}

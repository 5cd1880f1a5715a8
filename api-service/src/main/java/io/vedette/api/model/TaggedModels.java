package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.ServiceException;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Model;
import io.vedette.persistence.ModelTags;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** The operations on the tags of models, each in one transaction. */
@ApplicationScoped
class TaggedModels {
    /** Ours: AWS's codes are not known. */
    private static final String TAGS_OF_A_MODEL = "V-TAGS-PER-MODEL";

    private final ModelCalls calls;
    private final Models models;
    private final ModelTags tags;

    TaggedModels(ModelCalls calls, Models models, ModelTags tags) {
        this.calls = calls;
        this.models = models;
        this.tags = tags;
    }

    @Transactional
    List<Tag> list(ModelArn arn) {
        return tags.of(require(arn)).stream()
                .map(tag -> new Tag(tag.key(), tag.value()))
                .toList();
    }

    @Transactional
    void put(ModelArn arn, List<NewModel.Tag> added) {
        Model model = held(arn);
        tags.put(model.modelId(), added);
        if (tags.of(model.modelId()).size() > Tag.MOST) {
            throw AwsError.QUOTA_EXCEEDED
                    .because(resource(arn), "A model may have at most " + Tag.MOST + " tags.")
                    .ofQuota(TAGS_OF_A_MODEL);
        }
    }

    @Transactional
    void remove(ModelArn arn, List<String> keys) {
        tags.remove(held(arn).modelId(), keys);
    }

    /** What is not there is the model, be it for want of its project. */
    private UUID require(ModelArn arn) {
        try {
            return calls.require(ModelKey.of(arn)).modelId();
        } catch (ServiceException missing) {
            if (missing.error() != AwsError.NOT_FOUND) {
                throw missing;
            }
            throw gone(arn);
        }
    }

    private static ServiceException gone(ModelArn arn) {
        return AwsError.NOT_FOUND.because(resource(arn), arn + " does not exist.");
    }

    /** The model, which nobody else changes before this transaction ends. */
    private Model held(ModelArn arn) {
        Model model = models.findAndLock(require(arn)).orElseThrow(() -> gone(arn));
        if (model.status() == ModelStatus.DELETING) {
            throw AwsError.CONFLICT.because(resource(arn), arn + " is being deleted.");
        }
        return model;
    }

    private static Resource resource(ModelArn arn) {
        return Resource.model(arn.project(), arn.version());
    }
}

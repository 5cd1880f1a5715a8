package io.vedette.api.model;

import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.CreateModelResponse;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.api.quota.Quotas;
import io.vedette.api.tracking.Dispatch;
import io.vedette.common.ModelArn;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import io.vedette.runtime.CrashPoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.Supplier;

/** The one transaction that makes a model: its token, its number, its row, and the request that a trainer will hear. */
@ApplicationScoped
class AcceptedModels {
    private final TrainingSources sources;
    private final ProjectVersions versions;
    private final Models models;
    private final Dispatch dispatch;
    private final Quotas quotas;
    private final Idempotency idempotency;

    AcceptedModels(
            TrainingSources sources,
            ProjectVersions versions,
            Models models,
            Dispatch dispatch,
            Quotas quotas,
            Idempotency idempotency) {
        this.sources = sources;
        this.versions = versions;
        this.models = models;
        this.dispatch = dispatch;
        this.quotas = quotas;
        this.idempotency = idempotency;
    }

    /** The first answer of a call that has come before. */
    Optional<CreateModelResponse> earlier(Call<CreateModelResponse> call) {
        return idempotency.earlier(call);
    }

    /** What was frozen is not what there is any more, or another model has taken the number. */
    static class Moved extends RuntimeException {}

    /**
     * @param source what was frozen
     * @param asked the new model; not asked for where the call's first answer is given again
     * @throws Moved where nothing was made, and freezing again may help
     */
    @Transactional
    CreateModelResponse create(Call<CreateModelResponse> call, TrainingSource source, Supplier<NewModel> asked) {
        CreateModelResponse answer = idempotency.once(call, () -> created(source, asked));
        CrashPoint.pass("api.before-commit", source.arn());
        return answer;
    }

    private CreateModelResponse created(TrainingSource source, Supplier<NewModel> asked) {
        ModelArn arn = source.arn();
        if (!sources.areStill(source) || !versions.claim(source.projectId(), arn.version())) {
            throw new Moved();
        }
        quotas.checkTrainings(arn.scope(), Resource.model(arn.project(), arn.version()));
        Model model = models.add(asked.get());
        dispatch.announce(model, StatusMessage.TRAINING);
        return new CreateModelResponse(ModelMetadata.of(model, StatusMessage.TRAINING));
    }
}

package io.vedette.api.hosting;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.hosting.HostingAnswers.HostingResponse;
import io.vedette.api.hosting.HostingAnswers.Units;
import io.vedette.api.model.ModelKey;
import io.vedette.api.model.RequestedModels;
import io.vedette.common.ModelStatus;
import io.vedette.common.ProjectName;
import io.vedette.persistence.Hostings;
import io.vedette.persistence.Model;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Set;

/** StartModel, StopModel and the resizing of a hosted model, each in one transaction. The reconciler does the rest. */
@ApplicationScoped
class HostingCalls {
    // Specification §3.2.
    private static final Set<ModelStatus> STARTABLE = Set.of(ModelStatus.TRAINED, ModelStatus.HOSTING_FAILED);
    private static final Set<ModelStatus> STOPPABLE = Set.of(
            ModelStatus.STARTING_HOSTING, ModelStatus.HOSTED, ModelStatus.HOSTING_FAILED, ModelStatus.SYSTEM_UPDATING);

    private final RequestedModels models;
    private final Hostings hostings;
    private final HostingNews news;
    private final Idempotency idempotency;

    HostingCalls(RequestedModels models, Hostings hostings, HostingNews news, Idempotency idempotency) {
        this.models = models;
        this.hostings = hostings;
        this.news = news;
        this.idempotency = idempotency;
    }

    /** What two calls with one token must have in common. */
    private record Input(ProjectName project, String version, Units units) {}

    /** @param token null if the caller sent none */
    @Transactional
    HostingResponse start(ModelKey named, Units units, String token) {
        return idempotency.once(call("StartModel", named, units, token), () -> started(named, units));
    }

    /** @param token null if the caller sent none */
    @Transactional
    HostingResponse stop(ModelKey named, String token) {
        return idempotency.once(call("StopModel", named, null, token), () -> stopped(named));
    }

    @Transactional
    Units resize(ModelKey named, Units units) {
        Model model = models.require(named);
        if (!hostings.resize(model.modelId(), units.minInferenceUnits(), units.maxInferenceUnits())) {
            throw conflict(model, "resized");
        }
        return units;
    }

    private HostingResponse started(ModelKey named, Units units) {
        Model model = models.require(named);
        if (!STARTABLE.contains(model.status())
                || !hostings.start(model, units.minInferenceUnits(), units.maxInferenceUnits(), Instant.now())) {
            throw conflict(model, "started");
        }
        news.tell(model, ModelStatus.STARTING_HOSTING, "The model is starting.");
        return new HostingResponse(ModelStatus.STARTING_HOSTING);
    }

    private HostingResponse stopped(ModelKey named) {
        Model model = models.require(named);
        if (!STOPPABLE.contains(model.status()) || !hostings.stop(model)) {
            throw conflict(model, "stopped");
        }
        news.tell(model, ModelStatus.STOPPING_HOSTING, "The model is stopping.");
        return new HostingResponse(ModelStatus.STOPPING_HOSTING);
    }

    private static Call<HostingResponse> call(String operation, ModelKey named, Units units, String token) {
        return new Call<>(
                operation,
                token,
                new Input(named.project(), named.version().toString(), units),
                Resource.model(named.project(), named.version()),
                HostingResponse.class);
    }

    private static ServiceException conflict(Model model, String what) {
        return AwsError.CONFLICT.because(
                Resource.model(model.arn().project(), model.arn().version()),
                "The model version " + model.arn().version() + " is " + model.status() + " and cannot be " + what
                        + " now.");
    }
}

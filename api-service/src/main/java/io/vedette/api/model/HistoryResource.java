package io.vedette.api.model;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.ProjectName;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Phase;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** All that ever became of a model, for whoever asks on Monday what went on since Friday. */
@Path("/vedette/v1/projects/{projectName}/models/{modelVersion}/history")
class HistoryResource {
    private final RequestedModels models;
    private final History history;
    private final Caller caller;

    HistoryResource(RequestedModels models, History history, Caller caller) {
        this.models = models;
        this.history = history;
        this.caller = caller;
    }

    /**
     * @param phase where a model in TRAINING stood from then on, absent in other states
     * @param attempt of that phase, from 1
     * @param cause in words
     */
    record Transition(Instant at, ModelStatus status, Phase phase, Integer attempt, String cause) {
        static Transition of(History.Entry entry) {
            return new Transition(
                    entry.at(),
                    entry.status(),
                    entry.phase().orElse(null),
                    entry.attempt().orElse(null),
                    entry.cause());
        }
    }

    /** @param transitions oldest first */
    record Transitions(ModelArn modelArn, List<Transition> transitions) {}

    @GET
    @Transactional
    @Operation(summary = "Every change of a model's state, with its time and cause")
    public Transitions history(
            @PathParam("projectName") ProjectName project, @PathParam("modelVersion") RequestedVersion version) {
        Model model = models.require(new ModelKey(caller.scope(), project, version));
        return new Transitions(
                model.arn(),
                history.of(model.modelId()).stream().map(Transition::of).toList());
    }
}

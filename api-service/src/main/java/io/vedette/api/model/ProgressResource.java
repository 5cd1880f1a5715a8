package io.vedette.api.model;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.ProjectName;
import io.vedette.persistence.Model;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** How far a training is, as fields, and the way to stop it. */
@Path("/vedette/v1/projects/{projectName}/models/{modelVersion}")
class ProgressResource {
    private final ModelCalls models;
    private final Caller caller;

    ProgressResource(ModelCalls models, Caller caller) {
        this.models = models;
        this.caller = caller;
    }

    /**
     * Members that are not known are absent.
     *
     * @param phase where the model stands, absent once it is settled
     * @param attempt of the present phase, from 1
     * @param lostAttempts how many attempts of the present phase were lost or have failed
     * @param interruptedAttempts how many of them were interrupted by nobody's fault
     * @param queuePosition about how many models are before it, plus one; only while it waits for a trainer
     * @param step what the worker does, in words
     * @param percent of the step, 0 to 100
     * @param secondsLeft what the step will still take if it goes on as it went
     */
    record Progress(
            ModelArn modelArn,
            ModelStatus status,
            String statusMessage,
            Phase phase,
            Integer attempt,
            Integer lostAttempts,
            Integer interruptedAttempts,
            Long queuePosition,
            String worker,
            Instant startedAt,
            String step,
            Integer percent,
            Long secondsLeft) {

        static Progress of(ModelCalls.Following now, Instant at) {
            Model model = now.model();
            Optional<TrackedRun> run = now.run();
            boolean queued = model.phase().filter(Phase.QUEUED::equals).isPresent();
            return new Progress(
                    model.arn(),
                    model.status(),
                    now.message(),
                    model.phase().orElse(null),
                    model.phase().map(unsettled -> model.attempt()).orElse(null),
                    model.phase().map(unsettled -> model.lostAttempts()).orElse(null),
                    model.phase().map(unsettled -> model.excusedAttempts()).orElse(null),
                    queued ? now.queuePosition() : null,
                    run.map(TrackedRun::worker).orElse(null),
                    run.map(TrackedRun::startedAt).orElse(null),
                    run.flatMap(TrackedRun::phase).orElse(null),
                    run.filter(it -> it.total() > 0).map(StatusMessage::percent).orElse(null),
                    run.flatMap(it -> secondsLeft(it, at)).orElse(null));
        }

        private static Optional<Long> secondsLeft(TrackedRun run, Instant at) {
            return run.phaseStartedAt().filter(began -> run.done() > 0).map(began -> {
                double spent = Duration.between(began, at).toMillis() / 1000.0;
                return Math.round(Math.max(0, spent * (run.total() - run.done()) / run.done()));
            });
        }
    }

    @GET
    @Path("progress")
    @Operation(summary = "How far a training is: phase, step, per cent, attempt, worker, place in the queue")
    public Progress progress(
            @PathParam("projectName") ProjectName project, @PathParam("modelVersion") RequestedVersion version) {
        return Progress.of(models.follow(new ModelKey(caller.scope(), project, version)), Instant.now());
    }

    @POST
    @Path("stop-training")
    @ResponseStatus(202)
    @Operation(summary = "Stop a training", description = "The model ends in TRAINING_FAILED: Training was stopped.")
    public Progress stop(
            @PathParam("projectName") ProjectName project, @PathParam("modelVersion") RequestedVersion version) {
        models.stopTraining(new ModelKey(caller.scope(), project, version));
        return progress(project, version);
    }
}

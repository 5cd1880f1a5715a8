package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.DatasetAnswers.CreateDatasetResponse;
import io.vedette.api.dataset.DatasetAnswers.UpdateDatasetEntriesResponse;
import io.vedette.api.project.Project;
import io.vedette.api.project.Projects;
import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The transactions that begin an import or make an empty data set. What needs S3 was done before. */
@ApplicationScoped
class DatasetCalls {
    private final Projects projects;
    private final Datasets datasets;
    private final ImportQueue queue;
    private final DatasetNews news;
    private final Idempotency idempotency;

    DatasetCalls(Projects projects, Datasets datasets, ImportQueue queue, DatasetNews news, Idempotency idempotency) {
        this.projects = projects;
        this.datasets = datasets;
        this.queue = queue;
        this.news = news;
        this.idempotency = idempotency;
    }

    /** @param versionId null for the present version */
    record Manifest(S3Uri address, String versionId) {}

    /** Which data set of whose project. */
    record Target(Scope scope, ProjectName project, DatasetType type) {
        Resource resource() {
            return Resource.dataset(project, type);
        }
    }

    /** Empty where there is no manifest: then the data set is complete at once. */
    @Transactional
    CreateDatasetResponse create(Call<CreateDatasetResponse> call, Target target, Optional<Manifest> manifest) {
        return idempotency.once(call, () -> CreateDatasetResponse.of(created(target, manifest)));
    }

    /** @param changes the lines, in the service's own bucket */
    @Transactional
    UpdateDatasetEntriesResponse update(Call<UpdateDatasetEntriesResponse> call, Target target, S3Uri changes) {
        return idempotency.once(call, () -> updating(target, changes));
    }

    @Transactional
    Dataset require(Target target) {
        Project project = projects.require(target.scope(), target.project());
        return datasets.find(project.projectId(), target.type())
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        target.resource(),
                        "The project " + target.project() + " has no " + target.type() + " dataset."));
    }

    private Dataset created(Target target, Optional<Manifest> manifest) {
        Project project = projects.require(target.scope(), target.project());
        DatasetStatus status = manifest.isPresent() ? DatasetStatus.CREATE_IN_PROGRESS : DatasetStatus.CREATE_COMPLETE;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Dataset dataset = new Dataset(
                UUID.randomUUID(),
                project.projectId(),
                target.type(),
                status,
                Dataset.sentence(status),
                now,
                now,
                0,
                Optional.empty(),
                ImageStats.NONE);
        if (!datasets.add(dataset)) {
            throw AwsError.CONFLICT.because(
                    target.resource(),
                    "The project " + target.project() + " has a " + target.type()
                            + " dataset already. Delete it first to create another.");
        }
        manifest.ifPresent(it -> queue.add(dataset.datasetId(), ImportJob.Kind.CREATE, it.address(), it.versionId()));
        news.changed(dataset.datasetId(), null);
        return dataset;
    }

    private UpdateDatasetEntriesResponse updating(Target target, S3Uri changes) {
        Dataset before = beginUpdate(target);
        queue.add(before.datasetId(), ImportJob.Kind.UPDATE, changes, null);
        news.changed(before.datasetId(), before.status());
        return new UpdateDatasetEntriesResponse(DatasetStatus.UPDATE_IN_PROGRESS);
    }

    /**
     * To UPDATE_IN_PROGRESS, in the caller's transaction.
     *
     * @return the data set as it was
     * @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT where it is not complete
     */
    Dataset beginUpdate(Target target) {
        Dataset dataset = require(target);
        if (!datasets.beginUpdate(dataset.datasetId())) {
            throw AwsError.CONFLICT.because(
                    target.resource(),
                    "The " + target.type() + " dataset of the project " + target.project() + " is "
                            + require(target).status() + ": it can be updated when an import has completed.");
        }
        return dataset;
    }

    /** An import of images whose manifest the service itself has made. */
    @Transactional
    CreateDatasetResponse createOrAdd(Target target, S3Uri manifest) {
        Project project = projects.require(target.scope(), target.project());
        if (datasets.find(project.projectId(), target.type()).isEmpty()) {
            return CreateDatasetResponse.of(created(target, Optional.of(new Manifest(manifest, null))));
        }
        updating(target, manifest);
        return CreateDatasetResponse.of(require(target));
    }
}

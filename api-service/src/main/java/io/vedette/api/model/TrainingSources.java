package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.dataset.Dataset;
import io.vedette.api.dataset.Datasets;
import io.vedette.api.model.Minima.Counts;
import io.vedette.api.project.Project;
import io.vedette.api.project.Projects;
import io.vedette.common.DatasetType;
import io.vedette.common.ModelArn;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** What projects have to train on, and whether that is enough. */
@ApplicationScoped
class TrainingSources {
    private final Projects projects;
    private final Datasets datasets;
    private final ProjectVersions versions;
    private final ModelSettings settings;

    TrainingSources(Projects projects, Datasets datasets, ProjectVersions versions, ModelSettings settings) {
        this.projects = projects;
        this.datasets = datasets;
        this.versions = versions;
        this.settings = settings;
    }

    /**
     * The project's data sets as they stand.
     *
     * @throws io.vedette.api.aws.ServiceException NOT_FOUND without the project, CONFLICT where a data set is missing or
     *     moves, VALIDATION where it has too few images
     */
    @Transactional
    TrainingSource read(Scope scope, ProjectName name) {
        Project project = projects.require(scope, name);
        Dataset train = datasets.find(project.projectId(), DatasetType.TRAIN)
                .orElseThrow(() -> AwsError.CONFLICT.because(
                        Resource.dataset(name, DatasetType.TRAIN),
                        "The project " + name + " has no train dataset. Create one first."));
        Optional<Dataset> test = datasets.find(project.projectId(), DatasetType.TEST);
        checkComplete(name, train);
        test.ifPresent(dataset -> checkComplete(name, dataset));
        settings.minima()
                .missing(counts(train), test.map(TrainingSources::counts))
                .ifPresent(missing -> {
                    throw AwsError.VALIDATION.because(missing);
                });
        ModelArn arn = new ModelArn(scope, name, versions.next(project.projectId()));
        return new TrainingSource(project.projectId(), arn, train, test);
    }

    private static void checkComplete(ProjectName project, Dataset dataset) {
        if (!dataset.status().isComplete()) {
            throw AwsError.CONFLICT.because(
                    Resource.dataset(project, dataset.type()),
                    "The " + dataset.type() + " dataset of the project " + project + " is " + dataset.status()
                            + ": it must be complete to train on.");
        }
    }

    private static Counts counts(Dataset dataset) {
        return new Counts(dataset.images().normal(), dataset.images().anomaly());
    }
}

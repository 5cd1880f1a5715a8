package io.vedette.api.check;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.check.DatasetCheck.Findings;
import io.vedette.api.dataset.Dataset;
import io.vedette.api.dataset.Datasets;
import io.vedette.api.project.Project;
import io.vedette.api.project.Projects;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** The transactions that begin a check and tell of one. */
@ApplicationScoped
class CheckCalls {
    private final Projects projects;
    private final Datasets datasets;
    private final Checks checks;
    private final SeenImages images;
    private final Event<Asked> asked;

    CheckCalls(Projects projects, Datasets datasets, Checks checks, SeenImages images, Event<Asked> asked) {
        this.projects = projects;
        this.datasets = datasets;
        this.checks = checks;
        this.images = images;
        this.asked = asked;
    }

    /** Fired with each check that was asked for. */
    record Asked() {}

    /** Which data set of whose project. */
    record Target(Scope scope, ProjectName project, DatasetType type) {
        Resource resource() {
            return Resource.dataset(project, type);
        }
    }

    /** @param findings so far */
    record Told(DatasetCheck check, Findings findings) {}

    /**
     * The one that goes on already, or a new one.
     *
     * @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT while the data set changes
     */
    @Transactional
    DatasetCheck begin(Target target) {
        Dataset dataset = require(target);
        if (dataset.status().isInProgress()) {
            throw AwsError.CONFLICT.because(
                    target.resource(),
                    "The " + target.type() + " dataset of the project " + target.project() + " is " + dataset.status()
                            + ": it can be checked when that has ended.");
        }
        DatasetCheck check = checks.begin(dataset);
        asked.fire(new Asked());
        return check;
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, also for a check that is not the data set's last */
    @Transactional
    Told tell(Target target, UUID checkId) {
        DatasetCheck check = checks.of(require(target).datasetId())
                .filter(last -> last.checkId().equals(checkId))
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        target.resource(),
                        "The " + target.type() + " dataset of the project " + target.project() + " has no check "
                                + checkId + "."));
        return new Told(check, images.findings(checkId));
    }

    private Dataset require(Target target) {
        Project project = projects.require(target.scope(), target.project());
        return datasets.find(project.projectId(), target.type())
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        target.resource(),
                        "The project " + target.project() + " has no " + target.type() + " dataset."));
    }
}

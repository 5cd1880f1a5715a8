package io.vedette.api.dataset;

import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.common.DatasetStatus;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.common.event.LifecycleEvent.DatasetStatusChanged;
import io.vedette.common.event.Topic;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tells the world of every change of a data set's status, in the transaction of the change. */
@ApplicationScoped
class DatasetNews {
    private final Datasets datasets;
    private final Outbox outbox;

    DatasetNews(Datasets datasets, Outbox outbox) {
        this.datasets = datasets;
        this.outbox = outbox;
    }

    /** @param previous null where the data set has just come to be */
    void changed(UUID datasetId, DatasetStatus previous) {
        Dataset dataset = datasets.find(datasetId).orElseThrow();
        Object[] project = (Object[]) datasets.getEntityManager()
                .createNativeQuery("select account, region, name from project where project_id = ?1")
                .setParameter(1, dataset.projectId())
                .getSingleResult();
        ProjectName name = new ProjectName((String) project[2]);
        Scope scope = new Scope((String) project[0], (String) project[1]);
        tell(new Target(scope, name, dataset.type()), previous, dataset.status(), dataset.statusMessage());
    }

    /** The data set is gone, whole. */
    void deleted(Target target, DatasetStatus previous) {
        DatasetStatus now = DatasetStatus.DELETE_COMPLETE;
        tell(target, previous, now, Dataset.sentence(now));
    }

    private void tell(Target target, DatasetStatus previous, DatasetStatus now, String message) {
        String arn = target.scope().arn("project/" + target.project());
        outbox.add(
                Topic.LIFECYCLE,
                arn,
                new DatasetStatusChanged(arn, target.project(), target.type(), previous, now, message));
    }
}

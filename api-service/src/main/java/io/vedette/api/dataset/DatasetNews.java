package io.vedette.api.dataset;

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
        String arn = new Scope((String) project[0], (String) project[1]).arn("project/" + name);
        outbox.add(
                Topic.LIFECYCLE,
                arn,
                new DatasetStatusChanged(
                        arn, name, dataset.type(), previous, dataset.status(), dataset.statusMessage()));
    }
}

package io.vedette.inference;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.Inspector;
import io.vedette.anomaly.MaskSource;
import io.vedette.anomaly.Photograph;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.inference.InferenceCall;
import io.vedette.common.inference.Inspection;
import io.vedette.common.inference.Inspection.Answer;
import io.vedette.common.inference.Inspection.Asked;
import io.vedette.common.inference.Inspection.Item;
import io.vedette.common.inference.Inspection.Seen;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Looks at images of a data set before anybody trains on them: the one part that a check of a data set leaves to us, since
 * the api decodes no images. One image is in memory at a time, whoever asks.
 */
@Path(InferenceCall.INSPECT)
class InspectionResource {
    private static final long LARGEST_PHOTOGRAPH = 8 << 20; // specification §5.10
    private static final long LARGEST_MASK = 32 << 20;

    private final ObjectStore store;
    private final Semaphore turn = new Semaphore(1, true);

    InspectionResource(ObjectStore store) {
        this.store = store;
    }

    @POST
    public Answer inspect(Asked asked) {
        if (asked == null || asked.images() == null || asked.images().size() > Inspection.MOST) {
            throw new IllegalArgumentException("1 to " + Inspection.MOST + " images are expected.");
        }
        return new Answer(asked.images().stream().map(this::inTurn).toList());
    }

    private Seen inTurn(Item item) {
        turn.acquireUninterruptibly();
        try {
            return look(item);
        } finally {
            turn.release();
        }
    }

    private Seen look(Item item) {
        Inspector.Sound sound;
        try {
            sound = Inspector.photograph(new StoredPhotograph(item.image()));
        } catch (BadImage bad) {
            return new Seen(null, null, null, bad.getMessage(), null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        String maskProblem = null;
        if (item.mask() != null) {
            try {
                Inspector.mask(new StoredMask(item.mask(), item.colors()), sound.size());
            } catch (BadImage bad) {
                maskProblem = bad.getMessage();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return new Seen(sound.sha256(), sound.size().width(), sound.size().height(), null, maskProblem);
    }

    /** @throws BadImage if it is missing, denied or too large */
    private byte[] read(S3Uri file, long most) {
        try {
            return store.get(file, most).bytes();
        } catch (ObjectStoreException failure) {
            if (!failure.isCallersFault()) {
                throw failure;
            }
            String message = failure.getMessage();
            throw new BadImage(message.contains(file.toString()) ? message : file + ": " + message);
        }
    }

    private final class StoredPhotograph implements Photograph {
        private final S3Uri file;

        StoredPhotograph(S3Uri file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public byte[] read() {
            return InspectionResource.this.read(file, LARGEST_PHOTOGRAPH);
        }
    }

    private final class StoredMask implements MaskSource {
        private final S3Uri file;
        private final List<DefectClass> colors;

        StoredMask(S3Uri file, List<DefectClass> colors) {
            this.file = file;
            this.colors = colors;
        }

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public byte[] read() {
            return InspectionResource.this.read(file, LARGEST_MASK);
        }

        @Override
        public List<MaskClass> classes() {
            return colors.stream()
                    .map(color -> new MaskClass(color.name(), color.rgb()))
                    .toList();
        }
    }
}

//! What training can be told.

/// Settings of training. The same settings, data and order of data give the same model, byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainOptions {
    /// How often all samples are read.
    pub epochs: u32,
    /// First step size.
    pub rate: f32,
    /// What remains of the step size after each epoch.
    pub decay: f32,
    /// Strength of the penalty on weights, which makes most of them zero.
    pub penalty: f32,
    /// How often an n-gram must stand by a name.
    pub least: u32,
    /// Weights below are left out of the model.
    pub prune: f32,
    /// The chance that an n-gram or a word of a list isn't looked at in a sample, so that nothing is relied on alone.
    pub drop: f32,
    /// The last epochs, of whose weights the mean is the model; 0 for the weights at the end.
    pub average: u32,
    /// Sources whose samples are read several times an epoch, each as it is named: `uner` is not `uner~`.
    pub repeat: Vec<(String, u32)>,
    /// What the order of samples is drawn with.
    pub seed: u64,
}

impl TrainOptions {
    /// Those of models of words. Chosen on the last tenth of the People's Daily corpus and of Universal Dependencies' training part.
    pub fn of_words() -> Self {
        Self {
            epochs: 8,
            rate: 0.1,
            decay: 0.8,
            penalty: 0.5,
            least: 2,
            prune: 0.02,
            drop: 0.2,
            average: 2,
            repeat: Vec::new(),
            seed: 1,
        }
    }

    /// Those of models of parts of speech. Chosen on the last tenth of the People's Daily corpus.
    pub fn of_tags() -> Self {
        Self {
            epochs: 8,
            rate: 0.2,
            decay: 0.75,
            penalty: 0.4,
            least: 2,
            prune: 0.02,
            drop: 0.1,
            average: 2,
            repeat: Vec::new(),
            seed: 1,
        }
    }
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 6,
            rate: 0.05,
            decay: 0.82,
            penalty: 0.5,
            least: 2,
            prune: 0.02,
            drop: 0.3,
            average: 3,
            repeat: Vec::new(),
            seed: 1,
        }
    }
}

/// How far training is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epochs that are done.
    pub epoch: u32,
    /// The mean loss of a sample in the last one, in nats.
    pub loss: f64,
    /// Weights that are not zero.
    pub weights: usize,
}

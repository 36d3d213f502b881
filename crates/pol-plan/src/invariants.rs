//! What holds of every plan, asked after lowering.

use crate::data::Plan;
use crate::node::Node;

impl Plan {
    /// What is broken in this plan, in words for whoever builds the compiler; nothing, unless the
    /// lowering is wrong.
    pub fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if node.parts().into_iter().any(|part| part.at() >= at) {
                broken.push(format!("node {at} stands before its parts"));
            }
            let within = match node {
                Node::Accumulated(accumulator) | Node::Any(accumulator) => {
                    accumulator.at() < self.accumulators.len()
                }
                Node::Held(clock, _) => clock.at() < self.clocks.len(),
                Node::Param(param) => param.at() < self.params.len(),
                _ => true,
            };
            if !within {
                broken.push(format!("node {at} names what is not there"));
            }
            if self.nodes[..at].contains(node) {
                broken.push(format!("node {at} stands twice"));
            }
        }
        for (at, accumulator) in self.accumulators.iter().enumerate() {
            if self.accumulators[..at].contains(accumulator) {
                broken.push(format!("accumulator {at} stands twice"));
            }
        }
        let mut ordered: Vec<_> = self.strata.iter().flatten().copied().collect();
        ordered.sort_unstable();
        ordered.dedup();
        if ordered.len() != self.rules.len() {
            broken.push("the order of the rules does not hold each rule once".to_owned());
        }
        broken
    }
}

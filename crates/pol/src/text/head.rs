//! What a reader of a run must know before reading it: through which day, under which assumptions.

use super::{date, display};
use crate::{Lang, Run};

impl Run<'_> {
    /// Lines to stand above the timeline: the last day, and everything that makes the run other than
    /// a plain one. What clauses are of which document comes last.
    pub fn head(&self, lang: Lang) -> Vec<String> {
        let zh = lang == Lang::Zh;
        let day = date(self.as_of(), lang);
        let mut lines = vec![if zh {
            format!("运行至{day}")
        } else {
            format!("run through {day}")
        }];
        if let Some(known) = self.options.known_on {
            let known = date(known, lang);
            lines.push(if zh {
                format!("只用{known}以前录入的内容")
            } else {
                format!("knowing only what was recorded by {known}")
            });
        }
        if self.options.hindsight {
            lines.push(if zh {
                "事后口径：按发生日期，如同当天已录入".to_owned()
            } else {
                "in hindsight: as if everything had been recorded on the day it happened".to_owned()
            });
        }
        if self.options.assume_approved {
            lines.push(if zh {
                "假定每项提请当天获批准：并非实际决定".to_owned()
            } else {
                "assuming that each proposal is approved on its day: no real decisions".to_owned()
            });
        }
        lines.extend(self.changed_readings(lang));
        lines.extend(self.document(lang));
        lines
    }

    fn changed_readings(&self, lang: Lang) -> Vec<String> {
        let policy = self.policy.hir();
        let changed = self
            .options
            .readings
            .iter()
            .filter(|(_, place)| **place > 0);
        changed
            .map(|(reading, place)| {
                let reading = &policy.readings[reading.at()];
                let answer = &policy.enums[reading.answers.at()].values[usize::from(*place)];
                let (name, answer) = (display(&reading.named, lang), display(answer, lang));
                match lang {
                    Lang::En => format!("reading {name}: {answer}"),
                    Lang::Zh => format!("读法 {name}：{answer}"),
                }
            })
            .collect()
    }

    fn document(&self, lang: Lang) -> Option<String> {
        let source = self.policy.hir().sources.first()?.named.display();
        Some(match lang {
            Lang::En => format!("clauses without a document are those of {source}"),
            Lang::Zh => format!("未注明文件的条款出自{source}"),
        })
    }
}

//! Words that mean nearly the same, for readers who do not know the field's own word.
//!
//! Owns the list: everyday English beside the words that explanations of the field use. It must not
//! know which entries there are; nothing here is made for one of them.

use crate::entry::stem::stem;

/// Groups of words, a line each; in a group each may stand for each. A word may be in several groups.
const GROUPS: &str = "\
picture image photo photograph
drawing painting picture
predict forecast guess
guess estimate
memorize remember
forget lose
fake forged synthetic counterfeit
human person people
someone person user
man person human
program software application code
big large huge great
small little tiny few
fast quick rapid speed
faster speed accelerate
slow latency delay
wait latency delay
wrong incorrect mistake error false
right correct true
answer reply response output
question query ask
group cluster category
class category label
kind type class category
chatbot assistant
customer user
read input
word token term
look search find
search retrieve find
document passage text article
know knowledge
learn train
compete opponent adversary rival
trick fool deceive mislead
remove delete drop discard erase
switch turn
random chance
unpredictable random
worse degrade deteriorate
better improve
split divide cut separate
combine merge join mix
make generate produce create
invent fabricate create
copy imitate mimic
score rating grade
rank order sort
sort order arrange
buy purchase
like prefer preference
belief prior opinion
update revise
store save keep memory
phone device mobile
laptop computer local device
chip hardware processor
brain biological neuron
secret private confidential
hidden secret conceal
doctor physician medical
hospital medical patient
money cost price
cheap cost inexpensive
expensive cost
job work employment
robot machine
computer machine
route path road
straight linear line
curve shape
ingredient feature attribute
property feature attribute
date time
happen occur event
explore try exploration
fewer less reduce low
often frequent common
rare uncommon infrequent
order position sequence
rise increase grow
fall decrease drop decline
together jointly pair
share fraction proportion percentage
percentage fraction proportion
part piece region fragment
piece chunk segment part
letter character
spoken speech voice
sound audio
talk speak conversation dialogue
fact knowledge true
think reason thought
danger risk harm
law regulation rule
unfair bias discrimination
unusual abnormal anomaly outlier
strange unusual anomaly
overlap intersection
measure metric score
goal objective target
reward prize return
number value quantity
count number
write compose author
easy simple
hard difficult
teach train instruct
teacher instructor
student pupil learner
car vehicle drive
movie film video
explain explanation reason
decide decision choose
choose select pick
rule instruction
instruction prompt command
noise perturbation disturb
fill complete missing
web internet online
attack adversary malicious
hacker attack adversary
criminal malicious attack
protect defend guard
summarize summary compress shorten
shrink compress reduce small
long length
short length brief
stop halt end
start begin initial
repeat iterate loop
loop cycle iterate
again repeat
change modify alter
move shift transfer
reuse transfer share
borrow transfer
same identical equal
different differ vary
distance near far close
similar alike resemble close
connect link relation
network graph
edge link connection
box rectangle region
color pixel
face facial
street road city
disease illness medical
test evaluate exam check
exam test benchmark
check verify validate
compare contrast against
past history previous earlier
future next later
old previous earlier past
new novel unseen fresh
step stage
weight parameter
setting parameter configuration
knob parameter setting
memory recall remember
attention focus
focus concentrate attention
ignore discard skip
skip shortcut bypass
shortcut skip bypass
layer level
level layer stage
deep depth
shallow depth
sentence text
grammar syntax
meaning semantic sense
feeling emotion sentiment
mood emotion sentiment
name entity
place location
language linguistic
translate translation
dictionary vocabulary
alphabet character vocabulary
table matrix grid
grid matrix table
list vector sequence
row record example
column feature attribute
example sample instance
data dataset information
information data knowledge
mathematics formula function
formula equation function
slope gradient derivative
hill slope climb
valley minimum
lowest minimum
highest maximum best
average mean
spread variance deviation
likely probability chance
probability chance likelihood
certain sure confident
sure confidence certain
doubt uncertainty
honest truth faithful
lie deceive false
true truth fact
flatter agree please
agree consent accept
obey follow comply
refuse decline reject
forbidden prohibited harmful
allow permit accept
company organization business
government policy regulation state
country nation
citizen person public
privacy private personal
record log trace
watch monitor observe
monitor track observe
version release
production deploy serve
launch deploy release
run execute compute
compute calculate
calculate compute
parallel simultaneous concurrent
simultaneous once parallel
multiple several many
several multiple
single individual one
alone independent single
crowd group swarm
insect ant bee swarm
animal biological
evolution mutation natural
gene genetic mutation
game play player
player agent opponent
agent assistant
tool function api
plan planning schedule
schedule plan
task problem job
problem task
solve solution answer
solution answer result
result outcome output
cause effect causal
effect influence impact
influence effect impact
reason cause explanation";

/// For each stem in `wanted` the stems of the words that may stand for one that has it.
#[must_use]
pub fn of(wanted: &[&str]) -> Vec<Vec<String>> {
    let mut kin = vec![Vec::new(); wanted.len()];
    // Stemming keeps a word's beginning, so few words of the list need to be stemmed.
    let beginnings: Vec<&str> = wanted
        .iter()
        .map(|stem| stem.get(..2).unwrap_or(stem))
        .collect();
    for group in GROUPS.lines() {
        for word in group.split(' ') {
            if !beginnings.iter().any(|begins| word.starts_with(begins)) {
                continue;
            }
            let own = stem(word);
            let asked = wanted.iter().zip(&mut kin);
            for (_, kin) in asked.filter(|(wanted, _)| **wanted == own) {
                kin.extend(group.split(' ').map(stem).filter(|stem| *stem != own));
            }
        }
    }
    for kin in &mut kin {
        kin.sort_unstable();
        kin.dedup();
    }
    kin
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_word_stands_for_those_of_all_its_groups() {
        let kin = of(&["pictur", "xyzzy", "forecast"]);
        assert!(kin[0].contains(&"imag".to_string()));
        assert!(kin[1].is_empty());
        assert!(kin[2].contains(&"predict".to_string()));
    }
}

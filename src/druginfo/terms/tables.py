"""The language of medicine as tables: every word that dosing depends on, once, with its class and its sense.

A word's class is one sign (`CLASSES`); the grammar in `phrases` is written in these signs. A term of several words is
written with `_` for the space. What a word means beyond its class (its unit, its grade, its age) is its sense.
"""

from __future__ import annotations

from typing import NamedTuple

CLASSES = {
    "n": "number", "N": "number that is not read", "w": "number in a word", "h": "part of a whole: half, ½",
    "u": "unit of a drug", "v": "volume", "m": "form that is counted", "k": "kilogram", "l": "pound",
    "q": "square metre", "t": "period", "T": "period as an adverb", "c": "once, twice", "X": "times", "×": "times sign",
    "e": "every", "p": "per", "/": "slash", "a": "article", "o": "to", "–": "dash", "&": "and", "ø": "or",
    "<": "below", ">": "above", "A": "and older", "B": "and younger", "b": "between", "f": "from",
    "H": "people", "g": "age", "W": "weight", "R": "measure of the kidney", "K": "kidney", "L": "liver",
    "i": "impairment", "G": "grade", "Y": "Child-Pugh", "E": "end-stage or dialysis", "P": "pregnancy",
    "r": "route", "é": "manner of a route", "û": "up to", "ō": "over", "ŵ": "relative pronoun", "Q": "frequency "
        "in letters", "s": "moment", "=": "division", "D": "dose", "ŧ": "treatment", "d": "kind of dose",
    "M": "ceiling", "V": "verb", "J": "auxiliary", "Z": "negation", "I": "condition", "C": "then",
    "δ": "divided", "ř": "rate", "ǧ": "slowly", "λ": "for good", "U": "until",
    "O": "of", "#": "in", "@": "at", "§": "with", "F": "for", "S": "time preposition",
    "~": "by", "_": "nothing of note",
    "j": "this drug", "y": "another drug", "z": "any other word", "x": "laboratory", "$": "plus",
    ",": "", ";": "", ":": "", "·": "full stop", "⟨": "", "⟩": "", "%": "",
    "±": "plus or minus sign", "¦": "any other sign",
}  # fmt: skip


class Verb(NamedTuple):
    """What a verb does to the dose: give, increase, reduce, stop, change; `form` is `do`, `done`, `doing`."""

    does: str
    form: str = "do"


class People(NamedTuple):
    """People by age, in years: outside `low` to `high` the word excludes, None where it says nothing of age."""

    group: str
    low: float | None = None
    high: float | None = None


# ---------------------------------------------------------------- amounts

UNITS = {  # written → the unit; a contract's unit is the short form
    "mg": "mg mgs milligram milligrams",
    "mg PE": "mg_pe",
    "mcg": "mcg mcgs microgram micrograms µg ug",
    "g": "g gm gms gram grams",
    "ng": "ng nanogram nanograms",
    "units": "unit units u",
    "IU": "iu i.u. international_unit international_units",
    "million units": "million_units million_unit mu",
    "million IU": "million_iu million_international_units",
    "mEq": "meq meqs milliequivalent milliequivalents",
    "mmol": "mmol mmols millimole millimoles",
    "mCi": "mci millicurie millicuries",
    "MBq": "mbq megabecquerel",
    "mL": "ml mls milliliter milliliters millilitre millilitres cc cubic_centimeters",
    "L": "l liter liters litre litres",
    "teaspoon": "teaspoon teaspoons teaspoonful teaspoonfuls tsp",
    "tablespoon": "tablespoon tablespoons tablespoonful tablespoonfuls tbsp",
    "dL": "dl deciliter decilitre",
    "mm3": "mm3 mm³",
    "µL": "µl ul microliter",
    "oz": "oz ounce ounces fl_oz fluid_ounces",
}
SALTS = frozenset(
    "sodium calcium potassium magnesium acid hydrochloride hcl hydrobromide lithium iron zinc phosphate acetate "
    "sulfate sulphate besylate mesylate maleate fumarate tartrate succinate citrate nitrate bromide chloride "
    "monohydrate dihydrate trihydrate hyclate pamoate tromethamine disoproxil alafenamide axetil proxetil medoxomil "
    "etexilate cilexetil bisulfate malate lactate gluconate carbonate bitartrate camsylate tosylate embonate xinafoate "
    "sesquihydrate hemihydrate anhydrous olamine meglumine".split()
)
"""Words that name a drug only behind its other name: "atorvastatin calcium"."""
VOLUMES = frozenset({"mL", "L", "dL", "mm3", "µL", "teaspoon", "tablespoon", "oz"})
FORMS = (
    "tablet tab tabs pill caplet capsule cap caps puff spray drop gtt patch suppository sachet packet lozenge "
    "inhalation actuation "
    "scoop ampoule ampule vial pen syringe pessary applicatorful application pump film implant enema nebule "
    "click gummy "
    "stick_pack softgel troche granule pellet insert ring unit-dose cartridge dose_pack prefilled_syringe "
    "autoinjector "
    "auto-injector bottle bag strip"
)
PERIODS = {
    "second": "seconds sec secs",
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs h",
    "day": "day days d",
    "week": "week weeks wk wks w",
    "month": "month months mo mos",
    "year": "year years yr yrs y",
    "morning": "morning mornings", "evening": "evening evenings", "night": "night nights",
    "cycle": "cycle cycles menstrual_cycle treatment_cycle treatment_cycles",
    "course": "course courses", "session": "session sessions",
    "meal": "meal meals", "feed": "feed feeds feeding feedings",
}  # fmt: skip
ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
    "hourly": "hour", "quarterly": "quarter", "fortnightly": "fortnight",
}  # fmt: skip
NUMERALS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        range(1, 21),
        strict=True,
    )
)
PARTS = (
    "half halves one-half one_half half_a third one-third one_third two_thirds one_quarter three_quarters "
    "one_fourth one_fifth one_sixth two-thirds quarter one-quarter three-quarters quarters thirds"
)
COUNTS = {"once": 1, "twice": 2, "thrice": 3}
LETTERS = "bid tid qid qd od bd tds qds qhs qod prn nocte mane stat qam qpm hs"
"""Frequencies in letters, with dots or without; small or capital."""
MOMENTS = (
    "at_bedtime at_night before_bed before_bedtime in_the_morning in_the_evening in_the_morning_and_evening "
    "at_mealtimes "
    "in_the_morning_and_in_the_evening every_morning with_food with_meals with_each_meal before_meals after_meals "
    "with_or_without_food before_each_meal "
    "after_each_meal with_a_meal with_breakfast with_dinner before_breakfast after_breakfast with_the_evening_meal "
    "with_the_morning_meal with_morning_and_evening_meals with_the_largest_meal with_the_largest_meal_of_the_day "
    "with_the_main_meal with_evening_meal before_dinner with_lunch after_dinner with_supper at_mealtime "
    "with_every_meal "
    "with_the_first_meal_of_the_day with_main_meals "
    "as_needed as_required when_needed when_required if_needed as_necessary immediately on_an_empty_stomach "
    "after_each_dialysis after_each_dialysis_session after_each_hemodialysis after_each_hemodialysis_session "
    "after_each_haemodialysis after_each_haemodialysis_session after_each_session following_each_dialysis "
    "after_hemodialysis after_haemodialysis after_dialysis following_hemodialysis following_dialysis "
    "before_each_dialysis "
    "on_alternate_days on_alternating_days every_other_day every_other_week every_second_day every_third_day "
    "each_other_day at_weekly_intervals at_monthly_intervals at_daily_intervals morning_and_evening "
    "morning_and_night "
    "around_the_clock with_plenty_of_water"
)
DIVISIONS = (
    "as_a_single_dose as_single_dose as_one_dose single_dose as_a_single_daily_dose as_a_one-time_dose one-time_dose "
    "in_a_single_dose in_a_single_daily_dose as_a_single_infusion as_single_infusion in_single_daily_dose "
    "in_divided_doses "
    "in_equally_divided_doses in_equal_divided_doses in_evenly_divided_doses as_divided_doses in_separate_doses "
    "single_daily_dose single_or_divided_doses in_single_or_divided_doses in_one_dose"
)
ROUTES = {
    "oral": "oral orally by_mouth po p.o. per_os by_oral_route",
    "IV": "intravenous intravenously iv i.v. ivpb iv_push iv_bolus iv_infusion iv_drip iv_injection "
    "intravenous_infusion "
    "intravenous_injection intravenous_bolus intravenous_injection_or_infusion ivp intravenous_push",
    "IM": "intramuscular intramuscularly im i.m. intramuscular_injection",
    "SC": "subcutaneous subcutaneously sc sq s.c. subq subcut sub-q sub-cutaneously subcutaneous_injection "
    "subcutaneous_infusion sc_injection sc_infusion under_the_skin",
    "inhaled": "by_inhalation by_oral_inhalation oral_inhalation inhaled inhaled_orally by_nebulizer by_nebuliser "
    "via_nebulizer via_nebuliser by_nebulization by_nebulisation via_nebulization nebulized nebulised orally_inhaled",
    "topical": "topical topically cutaneous to_the_skin to_the_affected_area to_the_affected_areas to_affected_area "
    "to_affected_areas to_the_face to_the_scalp",
    "rectal": "rectal rectally per_rectum pr into_the_rectum",
    "vaginal": "vaginal vaginally intravaginally intravaginal into_the_vagina",
    "nasal": "intranasal intranasally in_each_nostril into_each_nostril per_nostril in_one_nostril "
    "in_alternate_nostrils "
    "in_alternating_nostrils into_one_nostril in_either_nostril nasally",
    "sublingual": "sublingual sublingually under_the_tongue",
    "buccal": "buccal buccally",
    "transdermal": "transdermal transdermally",
    "intrathecal": "intrathecal intrathecally",
    "intradermal": "intradermal intradermally",
    "intra-articular": "intra-articular intraarticular intra-articularly",
    "intravitreal": "intravitreal intravitreally",
    "intraosseous": "intraosseous intraosseously io",
    "intraperitoneal": "intraperitoneal intraperitoneally",
    "epidural": "epidural epidurally",
    "eye": "ophthalmic in_the_affected_eye in_the_affected_eye(s) into_the_affected_eye in_each_eye "
    "in_both_eyes into_each_eye in_the_eye "
    "in_affected_eye in_each_affected_eye into_the_affected_eyes in_the_affected_eyes in_affected_eyes",
    "ear": "otic in_the_affected_ear into_the_affected_ear in_each_ear",
    "tube": "via_nasogastric_tube via_a_nasogastric_tube by_nasogastric_tube through_a_nasogastric_tube via_ng_tube "
    "via_gastrostomy_tube via_feeding_tube",
    "line": "through_a_peripheral_line through_a_central_line into_the_arterial_line",
}
MANNERS = (
    "continuous slow rapid intermittent prolonged direct deep infusion infusions injection injections "
    "bolus boluses push drip"
)
"""Words that belong to the route beside them: "by slow IV injection"."""

# ---------------------------------------------------------------- people and organs

PEOPLE = {
    People("adults", 18, None): "adult adults grown-ups",
    People("elderly", 60, None): "elderly geriatric geriatrics seniors older_adults older_adult older_patients "
        "older_people older_persons "
    "elderly_patients aged_patients",
    People("children", 0, 18): "child children pediatric paediatric pediatrics paediatrics peds kids "
        "pediatric_patients paediatric_patients "
    "boys girls school-age_children paeds",
    People("adolescents", 10, 18): "adolescent adolescents teenager teenagers teens",
    People("infants", 0, 2): "infant infants baby babies toddlers toddler",
    People("neonates", 0, 0.08): "neonate neonates newborn newborns neonatal preterm premature term_neonates "
        "preterm_neonates",
    People("patients"): "patient patients people persons person individuals subjects those pts user users",
    People("women"): "women woman female females men man male males postmenopausal premenopausal mothers",
    People("pregnancy"): "pregnant pregnancy breastfeeding breast-feeding lactating lactation nursing_mothers",
    People("metabolizers"): "poor_metabolizer poor_metabolizers poor_metabolisers intermediate_metabolizers "
        "intermediate_metabolisers rapid_metabolizers rapid_metabolisers ultra-rapid_metabolizers "
        "ultrarapid_metabolizers ultrarapid_metabolisers extensive_metabolizers extensive_metabolisers metabolizers "
        "metabolisers",
    People("others"): "debilitated obese obesity frail underweight low_body_weight comorbidities",
}  # fmt: skip
MEASURES = {
    "eGFR": "egfr estimated_glomerular_filtration_rate estimated_gfr",
    "CrCl": "crcl clcr cl_cr cr_cl creatinine_clearance creatinine_clearances crcl. est_crcl creatine_clearance",
    "GFR": "gfr glomerular_filtration_rate glomerular_filtration_rates",
}
GRADES = ("mild", "moderate", "severe")
"""Grades of an organ's impairment, mildest first."""
RENAL_CATEGORIES = {"mild": (60.0, 90.0), "moderate": (30.0, 60.0), "severe": (15.0, 30.0), "failure": (0.0, 15.0)}
"""eGFR or CrCl in mL/min, lower bound included, upper not: mild 60 to 89, moderate 30 to 59, severe 15 to 29, failure
below 15 (FDA, guidance for industry on pharmacokinetics in patients with impaired renal function)."""
NORMAL_KIDNEY = 90.0
"""mL/min"""
GRADED = {"mild": "mild mildly", "moderate": "moderate moderately", "severe": "severe severely", "normal": "normal"}
CHILD_PUGH = {"A": "mild", "B": "moderate", "C": "severe"}
KIDNEYS = "renal renally kidney kidneys nephropathy ckd"
LIVERS = "hepatic hepatically liver cirrhosis cirrhotic"
IMPAIRMENT = "impairment impaired insufficiency dysfunction disease failure function functions degree degrees"
DIALYSIS = (
    "dialysis hemodialysis haemodialysis hd capd crrt cvvh cvvhd cvvhdf esrd eskd end-stage end_stage anuria "
    "anuric peritoneal_dialysis "
    "intermittent_hemodialysis renal_failure kidney_failure continuous_renal_replacement_therapy "
    "renal_replacement_therapy"
)
LABORATORY = (
    "inr qtc qt bmi anc auc wbc ast alt bilirubin hemoglobin haemoglobin hb hba1c creatinine glucose potassium "
    "sodium calcium "
    "platelet platelets neutrophil neutrophils albumin ferritin hcg level levels concentration concentrations "
    "trough troughs peak "
    "peaks serum_creatinine transaminases ldl-c ldl cholesterol triglycerides uric_acid lymphocyte lymphocytes "
    "aptt height "
    "bsa cd4 magnesium phosphate mic fpg bg blood_glucose blood_pressure pressure heart_rate tsh psa nadir "
    "temperature "
    "anti-xa lvef bis index score count counts content osmolality output"
)

TREATMENT = (
    "treatment therapy use administration coadministration co-administration initiation medication treatments therapies"
)

# ---------------------------------------------------------------- dose words

DOSES = "dose doses dosage dosages dosing regimen regimens total schedule schedules amount amounts"
KINDS = (
    "initial initially starting start_dose maintenance loading maximum_tolerated usual usually recommended "
    "typical standard target "
    "single additional further subsequent effective trial phase minimum lowest average supplement supplemental test "
    "titration bolus induction "
    "consolidation first second third next final follow-up booster priming repeat alternative normal therapeutic "
    "another individual equivalent suggested optimal adjusted reduced increased higher lower total_daily range "
    "required tolerated previous original daily-dose ordinary customary full extra replacement regular same "
    "prophylactic basal several"
)
CEILINGS = (
    "max max. maximum maximal maximally ceiling at_most no_more_than not_more_than not_to_exceed not_exceed "
    "not_exceeding do_not_exceed does_not_exceed "
    "should_not_exceed must_not_exceed may_not_exceed cannot_exceed never_exceed not_be_exceeded be_exceeded "
    "without_exceeding "
    "exceed exceeded exceeds exceeding no_faster_than not_faster_than no_greater_than not_greater_than "
    "not_above limit limited "
    "do_not_give_more_than do_not_take_more_than do_not_use_more_than not_be_more_than never_more_than "
    "no_higher_than "
    "not_be_greater_than not_usually_exceed not_generally_exceed ordinarily_exceed do_not_administer_more_than "
    "not_to_be_exceeded not_take_more_than not_give_more_than not_receive_more_than not_more not_over "
    "do_not_use_for_more_than do_not_take_for_more_than do_not_use_longer_than do_not_take_longer_than "
    "do_not_use_for_longer_than not_be_used_for_more_than not_be_used_for_longer_than not_use_for_more_than"
)
NEGATIONS = "not no never without neither nor cannot non none non- avoidable"
AUXILIARIES = (
    "is are was were be been being should may must can will would has have had do does did might could shall "
    "ought remains remain becomes became cannot"
)
RELATIVES = "who whose which that"
CONDITIONS = (
    "if when unless whenever while where provided until_when in_case only_if even_if as_long_as depending_on "
    "as_tolerated"
)
THEN = (
    "then thereafter subsequently followed afterwards followed_by immediately_followed_by and_then "
    "after_that after_which later"
)
UNTIL = "until till"
BELOW = {  # words before a number → whether the number itself is in
    "less_than": False, "lower_than": False, "fewer_than": False, "below": False, "under": False,
    "younger_than": False, "lighter_than": False, "less_than_or_equal_to": True, "equal_to_or_less_than": True,
    "no_more_than_or_equal_to": True, "at_or_below": True, "smaller_than": False,
    "less_than_or_equal": True, "birth_to": True, "from_birth_to": True, "birth_to_less_than": False,
    "birth_to_<": False,
    "from_birth_to_less_than": False, "from_birth_to_<": False, "from_birth_through": True, "birth_through": True,
    "up_to_and_including": True,
}  # fmt: skip
ABOVE = {
    "more_than": False, "greater_than": False, "above": False, "older_than": False,
    "heavier_than": False, "higher_than": False, "in_excess_of": False, "at_least": True, "at_or_above": True,
    "greater_than_or_equal_to": True, "more_than_or_equal_to": True, "equal_to_or_greater_than": True,
    "no_less_than": True,
    "not_less_than": True, "a_minimum_of": True, "minimum_of": True, "greater_than_or_equal": True, "beyond": False,
    "equal_to_or_more_than": True,
}  # fmt: skip
OLDER = (
    "and_older or_older and_over or_over and_above or_above and_up or_up or_more or_greater or_higher and_more "
    "and_greater "
    "and_higher or_heavier and_heavier older and_upwards of_age_and_older of_age_or_older of_age_and_over "
    "and_beyond onward onwards of_age_and_above old_and_older old_and_above old_or_older old_and_over "
    "and_later or_more_of_age "
    "of_age_and_up and_older_than of_age_or_over"
)
YOUNGER = (
    "and_younger or_younger and_under or_under or_less or_below and_below and_less or_lower or_lighter "
    "and_lower younger of_age_or_younger or_fewer of_age_and_under of_age_and_younger"
)
AGES = "age aged ages of_age old ages_of pna postnatal_age postnatal"
WEIGHTS = (
    "weight weights weighing weigh weighs body_weight of_body_weight bodyweight actual_body_weight "
    "ideal_body_weight lean_body_weight of_bodyweight in_weight total_body_weight weighed tbw "
    "of_actual_body_weight body_mass body_surface_area"
)

VERBS = {
    ("give", "do"): "give take use administer inject transition load apply instill insert inhale start "
        "initiate begin infuse swallow "
    "repeat restart resume continue maintain prescribe receive consider provide employ switch transfer convert place "
    "dissolve chew change select require requires need needs divide anticoagulate treat base individualize "
        "prefer carry_out re-initiate "
    "reinitiate redose re-dose adjust modify choose supplement target aim deliver complete reach achieve "
        "tolerate respond try wear redose spray "
    "return titrate_to",
    ("give", "done"): "given taken used administered injected applied instilled inserted inhaled started "
        "initiated begun "
    "infused swallowed repeated restarted resumed continued maintained prescribed received considered provided "
    "employed switched transferred converted placed changed selected required adjusted modified chosen "
    "individualized treated recommended advised suggested preferred indicated needed necessary appropriate "
        "sufficient dosed "
    "supplemented delivered completed achieved reached tolerated reinitiated re-initiated kept managed "
        "controlled warranted effective elapse used_as intended suitable allowed permitted approved",
    ("give", "doing"): "giving taking using administering starting initiating receiving continuing restarting "
    "resuming repeating considering requiring tolerating beginning injecting infusing switching converting adjusting",
    ("increase", "do"): "increase add titrate raise escalate double uptitrate up-titrate go_up goes_up step_up advance",
    ("increase", "done"): "increased added titrated raised escalated doubled uptitrated up-titrated stepped_up "
        "advanced",
    ("increase", "doing"): "increasing adding titrating raising escalating doubling increases escalation "
        "increments increment",
    ("reduce", "do"): "reduce decrease lower halve de-escalate taper go_down goes_down step_down cut down-titrate",
    ("reduce", "done"): "reduced decreased lowered halved de-escalated tapered stepped_down cut_to",
    ("reduce", "doing"): "reducing decreasing lowering halving tapering reductions decrements decrement",
    ("avoid", "do"): "avoid discontinue withhold withdraw stop interrupt omit hold suspend contraindicate cease skip",
    ("avoid", "done"): "avoided discontinued withheld withdrawn stopped interrupted omitted held suspended "
        "contraindicated contra-indicated "
    "prohibited forbidden unsuitable ceased ruled_out too_much too_high too_large too_strong",
    ("avoid", "doing"): "avoiding discontinuing withholding withdrawing stopping interrupting interruption "
        "discontinuation",
    ("change", "noun"): "reduction action δ unchanged adjustment adjustments modification modifications "
        "alteration alterations change_in_dose reduction_in_dose "
    "changes dosage_change",
    ("handle", "do"): "dilute reconstitute mix shake store discard inspect flush prime refrigerate freeze thaw "
        "protect crush "
    "split open sprinkle prepare dispense measure withdraw_contents rinse add_to wash peel empty",
    ("handle", "done"): "diluted reconstituted mixed shaken stored discarded inspected flushed primed "
        "refrigerated crushed "
    "opened sprinkled prepared dispensed measured chewed split suspended_in dissolved emptied",
    ("handle", "doing"): "diluting reconstituting mixing storing preparing crushing",
    ("watch", "do"): "monitor check assess evaluate observe obtain verify determine test ensure advise "
        "instruct consult counsel "
    "ask see refer perform review re-evaluate reassess recheck calculate",
    ("watch", "done"): "monitored checked assessed evaluated observed obtained verified determined tested "
        "studied performed "
    "demonstrated associated compared "
    "gave gives showed produced resulted established shown reported found expected seen",
}  # fmt: skip
NOISE = (
    "the about approximately roughly around generally only also often ordinarily commonly typically "
    "itself just either cautiously carefully temporarily alternatively instead otherwise preferably approx ca "
    "simply mg's nearly exactly "
    "subsequently_as permanently fixed now both please"
)
PREPOSITIONS = {
    "ř": "rate rates speed", "ǧ": "gradually slowly", "δ": "divided equally equal evenly separate", "λ": "lifelong "
        "life-long indefinitely long_term long-term for_life",
    "ŧ": TREATMENT,
    "O": "of", "#": "in into as", "@": "at on", "§": "with plus_with together_with", "F": "for", "~": "by via",
    "ō": "over", "û": "up_to as_much_as", "ŵ": RELATIVES, "é": MANNERS,
    "S": "during within after before following prior_to throughout since",
    "f": "from rather_than instead_of", "b": "between",
    "o": "to thru through", "&": "and but as_well_as whereas although though", "ø": "or and/or",
    "p": "per for_each for_every",
    "e": "every each q", "X": "time times times/",
    "a": "a an any", "I": CONDITIONS, "C": THEN, "U": UNTIL, "Z": NEGATIONS, "M": CEILINGS, "D": DOSES, "d": KINDS,
    "g": AGES, "W": WEIGHTS, "A": OLDER, "B": YOUNGER, "K": KIDNEYS, "L": LIVERS, "i": IMPAIRMENT, "E": DIALYSIS,
    "x": LABORATORY, "s": MOMENTS, "=": DIVISIONS, "J": AUXILIARIES, "h": PARTS, "_": NOISE,
    "$": "plus", "%": "percent",
    "Y": "child_–_pugh child_–_turcotte_–_pugh child-pugh child-turcotte-pugh child_pugh childs-pugh "
        "child's-pugh", "k": "kg kgs kilogram kilograms kilo kilos",
    "l": "lb lbs pound pounds", "q": "m2 m² square_metre square_meter square_metres square_meters",
}  # fmt: skip

# ---------------------------------------------------------------- words of labels: what a heading or a lead-in names

STATES = (
    "naive naïve tolerant experienced resistant refractory dependent exposed treated depleted positive negative "
    "intolerant infected"
)
"""Behind a hyphen they make a group of patients: "treatment-naïve adults"."""
KINDS_OF_PEOPLE = (
    "all most other healthy young hospitalized hospitalised special specific selected high-risk asian black normal "
    "overweight full-term term critically ill certain these"
)
ARRANGEMENT = (
    "important general other additional basic key standard approved special clinical method mode posology case cases "
    "consideration considerations guideline guidelines information instruction instructions group groups practical "
    "recommendations recommendation overview summary note notes monitoring preparation reconstitution storage "
    "handling population populations situation situations table tables form forms strength strengths before testing "
    "screening missed switching compatibility specific organ organs scenario scenarios context contexts setting "
    "settings circumstance circumstances toxicity toxicities adverse reaction reactions based conversion"
)
"""A heading of nothing but these and words for doses only arranges the text."""
PHASES = (
    "withdrawal gradual_withdrawal escalation conversion tapering taper discontinuation retreatment re-treatment "
    "premedication monotherapy combination duration frequency route infusion bolus injection increases decreases "
    "fourth later switch switching transfer transferring convert converting changing change restart restarting "
    "interrupt interruption interrupting stopping next following consider these below already uncomplicated "
    "complicated stable unstable response inadequate intolerance missed low high medium neutropenia "
    "thrombocytopenia occurrence alternative prophylactic immediate-release extended-release delayed-release er ir sr "
    "xr weekly option scale protocol conversions switchover initial initially starting maintenance loading titration "
    "subsequent later subsequently induction consolidation first second third target minimum maximum start initiation"
)
"""How a label begins that tells a phase of treatment, a form of the product or a state, and names no disease."""
ORDINALS = "grade step level phase visit option regimen line arm cohort occurrence stage group"
"""Nouns that a number behind them counts: "Grade 3", "Step 2"."""
PREPARATIONS = frozenset(
    "cream ointment gel lotion foam suspension solution syrup drops suppositories inhaler nebulizer nebuliser powder "
    "tablet tablets capsule capsules patch patches enema spray implant extended-release immediate-release "
    "delayed-release er xr ir sr".split()
)

COLUMNS = {
    "remark": "comment comments remark remarks note notes",
    "product": "form forms formulation formulations presentation presentations product products strength strengths "
    "preparation preparations vial vials bottle bottles size sizes",
    "length": "duration durations length cycles courses",
    "dosed": "dose dosage dosing dosages bolus boluses regimen regimens adjustment adjustments change",
    "indication": "indication indications condition conditions disease diseases infection infections diagnosis "
    "disorder disorders",
    "detail": "frequency interval intervals duration route comment comments notes remarks monitor monitoring how "
    "timing trough troughs concentration concentrations rate rates volume volumes example examples rationale reason "
    "infuse",
    "dose": "recommended recommendation recommendations action actions adjusted modification modifications modify "
    "administration administer maintenance loading management mg mcg units treatment initial doses",
    "population": "population populations group groups characteristic characteristics",
    "qualifier": "function severity grade class step phase toxicity toxicities stage level visit event reaction "
    "parameter time cycle platelets neutrophils",
}
"""Words of a table's header by what their column holds."""

HEADINGS = {
    "dosage": "dosage dosages dosing posology dose doses",
    "supply": "form forms strength strengths supplied overdose overdosage overdosing",
    "special": "special specific population populations impairment renal hepatic kidney kidneys liver elderly "
    "geriatric geriatrics considerations renally hepatically impaired",
    "adjusting": "adjust adjustment adjustments adjusting modify modification modifications interaction interactions "
    "interacting coadministration co-administration toxicity toxicities adverse reduction reductions levels",
    "handling": "administration preparation reconstitution storage monitoring handling premedication compatibility "
    "instructions compounding extemporaneous how overdosage overdose method methods mode route routes missed",
    "phase": "prophylaxis prevention maintenance induction",
}
"""Words of a section's heading, or of a run-in title, by what the section is about."""

# ---------------------------------------------------------------- what a medicine is given for

DISEASE_ENDINGS = (
    "itis osis oses emia aemia oma omas pathy algia uria penia plegia rrhea rhea rrhoea asthenia phobia mania lepsy "
    "trophy cytosis sclerosis iasis spasm spasms"
)
DISEASE_BEGINNINGS = (
    "epilep depress psoria tubercul transplant parkinson alzheimer allerg strongyloid candid hyperlipid "
    "hypercholesterol anesthesia anaesthesia anaphyla"
)
DISEASES = (
    "arthritis disease disorder syndrome infection infections cancer carcinoma tumor tumors tumour tumours pain "
    "hypertension diabetes asthma seizure seizures anxiety migraine angina fibrillation flutter failure stroke "
    "infarction embolism thrombosis ulcer ulcers reflux insomnia nausea vomiting lupus gout malaria influenza sepsis "
    "shock prophylaxis prevention sedation intubation withdrawal overdose edema arrhythmia arrhythmias tachycardia "
    "spasm spasms spasticity acne eczema dermatitis alopecia deficiency fever rhinitis conjunctivitis glaucoma "
    "incontinence hyperplasia menopause contraception infertility bleeding wound wounds surgery inflammation "
    "hypothyroidism hyperthyroidism obesity weight_loss weight_management weight_reduction cessation schizophrenia "
    "bipolar dementia lymphoma leukemia leukaemia myeloma melanoma sarcoma vertigo motion_sickness hiccup hiccups "
    "cough cold chickenpox shingles herpes aspergillosis onchocerciasis scabies lice worm worms scurvy poisoning "
    "toxicity pneumonia bronchitis sinusitis pharyngitis gonorrhea gonorrhoea chlamydia syphilis anthrax plague covid"
)
DISEASES_IN_LETTERS = "COPD GERD HIV COVID ADHD DVT PE VTE ACS NVAF AF RA UTI"
COMMON = (
    "adult adults children patients patient with treatment therapy dose dosage initial maintenance disease severe "
    "moderate mild active other from that have this used use indicated days weeks years older than less more oral "
    "intravenous single combination daily risk high response inadequate after before during alone only including acute "
    "chronic prescribed adjunct reduce standard renal hepatic impairment kidney liver elderly pediatric recommended "
    "general loading starting start maximum target tablets capsules injection infusion solution weight month months "
    "week year lines line prior without which these those been such also prevention"
)
"""Words of a section on what a medicine is for that tell no indication apart."""

"""First names that make two capitalised words a person.

A list of our own, of some seven hundred names that are frequent in France. The complete one of the
statistics office has tens of thousands and holds most words of the language: each page would be
full of alarms. A name that is not here is found by its civility ("Mme …") or by what stands
before it ("gérant", "demeurant").
"""

from __future__ import annotations

_LIST = """
abdel abdelkader abdellah abel adam adel adele adeline adrien adrienne agathe agnes ahmed aicha
aime aimee alain alban albane albert alberte alex alexandra alexandre alexandrine alexia alexis
alfred ali alice alicia aline alix alphonse amandine amar amaury ambre amelie amina amine anais
anatole andre andrea andree ange angela angele angelique anita anna annabelle anne annette annick
annie anouk anthony antoine antoinette antonin antonio antony apolline ariane aristide arlette
armand armelle arnaud arsene arthur astrid aude audrey auguste augustin aurelia aurelie aurelien
aurore axel axelle aymeric aziz baptiste barbara bastien beatrice benedicte benjamin benoit
berengere bernadette bernard bertrand blaise blandine boris brahim brice brigitte bruno camille
carine carla carlos carmen carole caroline catherine cecile cedric celestin celia celine chantal
charlene charles charline charlotte chloe christel christelle christian christiane christine
christophe claire clara clarisse claude claudette claudie claudine clement clementine clothilde
clotilde colette coline come coralie corentin corinne cyprien cyril cyrille damien daniel daniela
daniele danielle danny david deborah delphine denis denise desire diana diane didier dimitri
djamel dominique dorian dorothee eddy edgar edith edmond edouard edwige elena eleonore elia eliane
elias elie eliot elisa elisabeth elise ella elodie eloise elsa elvire emeline emeric emile emilie
emilien emma emmanuel emmanuelle enzo eric erica erwan estelle esther ethan etienne eugene eugenie
eva evan eve evelyne fabien fabienne fabrice fadila fanny farid fatiha fatima fatoumata faustine
felicien felix ferdinand fernand fernande fiona firmin flavie flavien florence florent florentin
florian florine francine francis francisco franck francois francoise frederic frederique gabin
gabriel gabriela gabrielle gael gaelle gaetan gaspard gaston gautier genevieve geoffrey george
georges georgette gerald geraldine gerard germain germaine ghislain ghislaine gilbert gilberte
gilles gina ginette giovanni gisele gladys gregoire gregory guillaume gustave guy gwenaelle
gwendoline habib hakim halima hamid hamza hassan helena helene henri henriette herve hicham hocine
honore hortense hubert hugo hugues huguette ibrahim ida ilyes ines ingrid irene iris irma isaac
isabelle ismael ivan jack jacky jacqueline jacques jade james jamila jane janine jasmine jason
jean jeanine jeanne jeannette jeannine jennifer jeremie jeremy jerome jessica jessy joachim joan
joanna jocelyn jocelyne joel joelle johan johann johanna john johnny jonas jonathan jordan jose
joseph josephine josette josiane josselin josue joyce juan jules julia julian juliana julie julien
julienne juliette justin justine kamel karen karim karima karin karine karl katia kelly kenza
kevin khadija khaled laetitia lambert lamine laura laure laurence laurent laurianne laurie lea
leandre leila lena leo leon leonard leonie leopold leslie liam lila lilian liliane lina linda
lionel lisa lise loan loic lola lorenzo loris lou louane louis louise louna luc luca lucas lucette
lucie lucien lucienne lucile ludivine ludovic lydia lydie lylou maelle maeva magali mahdi malik
malika mallory manon manuel marc marceau marcel marcelle marcelline margaux margot marguerite
maria mariam marianne marie marielle marilyne marina mario marion marius marjorie marlene martial
martin martine maryline maryse maryvonne mathias mathieu mathilde mathis matthias matthieu maud
maurice max maxence maxime maximilien mehdi melanie melina melissa mercedes meriem michel michele
micheline michelle mickael miguel mikael milan mireille miriam mohamed mohammed moise monica
monique morgan morgane mouloud mounir mourad muriel mustapha myriam nabil nadege nadia nadine
naima nancy narcisse nassim natacha nathalie nathan nathanael nawel nelly nicolas nicole nina noa
noam noel noelie noelle noemie nolan nora norbert nordine noura oceane odette odile olga olivia
olivier omar ophelie oscar othmane pablo paola pascal pascale patrice patricia patrick paul paula
paule paulette pauline pedro perrine philippe pierre pierrette pierrick prosper quentin rachel
rachid rafael raoul raphael raphaelle raymond raymonde regine regis reine remi remy renaud rene
renee richard robert roberta roberte robin rodolphe rodrigue roger roland rolande romain romane
romeo romuald ronan rosalie rosine roxane ruben rudy ryan sabine sabrina said salah salim salima
salome sam samia samir samira samuel samy sandra sandrine sandy sarah sasha sebastien selim serge
severine shirley sidonie silvia simon simone slimane sofia sofiane solange solene sonia sophia
sophie soraya stanislas steeve stella stephane stephanie stephen steve steven suzanne suzette
sybille sylvain sylvaine sylvette sylvia sylviane sylvie tanguy tania tatiana teddy teo teresa
thea theo theodore theophile therese thibaud thibault thibaut thierry thomas tiffany timothee
titouan tom tony tristan ugo ulysse valentin valentine valerie valery vanessa vera veronique vicky
victor victoria vincent violette virginie viviane vivien walid wilfrid wilfried william willy
xavier yacine yael yanis yann yannick yasmina yasmine yassine ydris yoann yohan yohann yolande
youcef youssef yvan yves yvette yvon yvonne zacharie zoe zohra
"""

FIRST_NAMES = frozenset(_LIST.split())
"""Without accents, in lower case. A compound one ("Jean-Marc") has its parts here."""
